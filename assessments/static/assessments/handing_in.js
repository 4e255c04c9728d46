// Handing in waits until the server has every answer. Returns what is done when the time is over.

import { csrfToken } from "../interface/csrf.js";

export function enhanceHandingIn(form, sender) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.isConfirmed) return;
    event.preventDefault();
    const button = event.submitter;
    await new Promise((resume) => setTimeout(resume)); // a form cannot be sent again while it says "submit"
    if (!(await sender.flush()) || !navigator.onLine) return;
    form.dataset.isConfirmed = "yes";
    form.elements.csrfmiddlewaretoken.value = csrfToken();
    form.requestSubmit(button);
    delete form.dataset.isConfirmed;
  });

  return () => {
    for (const question of form.querySelectorAll("[data-question]")) question.inert = true;
    const button = form.querySelector("button[name=finish]");
    button.value = button.dataset.finish = "confirmed"; // as the overview, too, will go on saying
    const handIn = () => form.requestSubmit(button);
    addEventListener("online", handIn);
    handIn();
  };
}
