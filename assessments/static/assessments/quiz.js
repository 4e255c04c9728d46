// An attempt's page: saves each answer as it is given. Without this script the same form works by its buttons.

import { read, write } from "./answers.js";
import { startCountdown } from "./countdown.js";
import { enhanceOrdering } from "./ordering.js";
import { Queue } from "./queue.js";
import { csrfToken, Sender } from "./sender.js";
import { Status } from "./status.js";

const AFTER_CHOOSING = 250;
const AFTER_TYPING = 900;

const isTyped = (field) => field.type === "text" || field.type === "textarea";

function start(form) {
  const queue = new Queue(form.dataset.quiz);
  const status = new Status(form);
  const sender = new Sender(form, queue, status, onStored);
  const questionAt = (position) => form.querySelector(`[data-question="${position}"]`);

  // What stands on the server after a delivery; another tab's newer answer replaces the one shown here.
  function onStored({ position, answer, sequence, is_saved: isSaved }) {
    const question = questionAt(position);
    queue.settle(position, sequence);
    question.dataset.sequence = sequence;
    question.querySelector("[data-seen]").value = sequence;
    if (!isSaved && !queue.has(position)) write(question, answer);
  }

  function keep(question, delay) {
    const sequence = Math.max(Number(question.dataset.sequence) + 1, Date.now());
    question.dataset.sequence = sequence;
    queue.put(Number(question.dataset.question), read(question), sequence);
    sender.schedule(delay);
  }

  function onChange(event, delay) {
    const question = event.target.closest("[data-question]");
    if (question) keep(question, delay);
  }

  async function onSubmit(event) {
    if (form.dataset.isConfirmed) return;
    event.preventDefault();
    const button = event.submitter;
    await new Promise((resume) => setTimeout(resume)); // a form cannot be sent again while it says "submit"
    if (!(await sender.flush())) return;
    form.dataset.isConfirmed = "yes";
    form.elements.csrfmiddlewaretoken.value = csrfToken(form);
    form.requestSubmit(button);
    delete form.dataset.isConfirmed;
  }

  function onOver() {
    const button = form.querySelector("button[name=finish]");
    button.value = "confirmed";
    form.requestSubmit(button);
  }

  enhanceOrdering(form);
  for (const { position, answer, sequence } of queue.all()) {
    const question = questionAt(position);
    if (!question || sequence <= Number(question.dataset.sequence)) queue.settle(position, sequence);
    else write(question, answer);
  }
  form.addEventListener("change", (event) => !isTyped(event.target) && onChange(event, AFTER_CHOOSING));
  form.addEventListener("quiz:moved", (event) => onChange(event, AFTER_CHOOSING));
  form.addEventListener("input", (event) => isTyped(event.target) && onChange(event, AFTER_TYPING));
  form.addEventListener("submit", onSubmit);
  startCountdown(form, onOver);
  status.ready();
  sender.flush();
}

document.querySelectorAll("form[data-quiz]").forEach(start);
document.querySelector("#error-summary, #unanswered")?.focus();
