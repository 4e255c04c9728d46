// Moves or copies a step without leaving the page: the answer is the same page, of which the outline and what was said are taken.
// On "up" and "down" the arrow keys press them. Without this the forms do the same.
const builder = document.querySelector("[data-builder]");
const said = builder.querySelector("[data-said]");
let answered = Promise.resolve(); // presses are sent one after the other: each from the outline that the one before left

async function move(form, button) {
  const sent = new FormData(form, button);
  const answer = await fetch(button.getAttribute("formaction") ?? form.action, { method: "POST", body: sent });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const outline = page.querySelector("[data-outline]");
  if (!answer.ok || !outline) {
    location.reload(); // says what is wrong, or asks to sign in
    return;
  }
  builder.querySelector("[data-outline]").replaceWith(outline);
  const places = page.getElementById("add-place");
  if (places) builder.querySelector("#add-place")?.replaceWith(places);
  said.textContent = page.querySelector(".messages li")?.textContent.trim() ?? "";
  const same = document.getElementById(button.id);
  (same?.disabled ? same.form.querySelector("button:enabled") : same)?.focus();
}

async function press(button) {
  if (button && !button.disabled) await move(button.form, button);
}

builder.addEventListener("submit", (event) => {
  if (event.target.matches("[data-moves]")) {
    event.preventDefault();
    const { id } = event.submitter;
    answered = answered.then(() => press(document.getElementById(id)));
  }
});

builder.addEventListener("keydown", (event) => {
  const button = event.target.closest("[data-moves]")?.querySelector(`[data-key="${event.key}"]:enabled`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});
