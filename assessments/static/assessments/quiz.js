// An attempt's page: saves each answer as it is given. Without this script the same form works by its buttons.

import { read, write } from "./answers.js";
import { Clock } from "./clock.js";
import { startCountdown } from "./countdown.js";
import { enhanceHandingIn } from "./handing_in.js";
import "./leaving.js"; // at hand, should the network be away when the person signs out
import { enhanceMatching } from "./matching.js";
import { openWithoutNetwork } from "./offline.js";
import { enhanceOrdering } from "./ordering.js";
import { Queue } from "./queue.js";
import { Sender } from "./sender.js";
import { Status } from "./status.js";
import { joinTabs } from "./tabs.js";

const AFTER_CHOOSING = 250;
const AFTER_TYPING = 900;

const isTyped = (field) => field.type === "text" || field.type === "textarea";

async function start(form) {
  const clock = new Clock(Number(form.dataset.now));
  const queue = new Queue(form.dataset.quiz, form.dataset.answers);
  const status = new Status(form);
  const sender = new Sender(form.dataset.answers, queue, status, onStored);
  const tellTabs = joinTabs(form.dataset.quiz, onOtherTab);
  const questionAt = (position) => form.querySelector(`[data-question="${position}"]`);
  const isNewer = (question, sequence) => question && sequence > Number(question.dataset.sequence);

  function note(question, sequence) {
    question.dataset.sequence = sequence;
    question.querySelector("[data-seen]").value = sequence;
  }

  function show({ position, answer, sequence }) {
    const question = questionAt(position);
    note(question, sequence);
    write(question, answer);
  }

  // What stands on the server after a delivery; a newer answer from elsewhere replaces the one shown here.
  function onStored({ position, answer, sequence, is_saved: isSaved }) {
    if (!queue.settle(position, answer, sequence)) return;
    if (isSaved) note(questionAt(position), sequence);
    else show({ position, answer, sequence });
    status.mark(questionAt(position), true);
  }

  function onOtherTab(given) {
    if (!isNewer(questionAt(given.position), given.sequence)) return;
    queue.put(given.position, given.answer, given.sequence, given.madeAt);
    show(given);
  }

  function keep(question, delay) {
    const sequence = Math.max(Number(question.dataset.sequence) + 1, Date.now());
    const given = { position: Number(question.dataset.question), answer: read(question), sequence };
    given.madeAt = Math.round(clock.now());
    question.dataset.sequence = sequence;
    queue.put(given.position, given.answer, sequence, given.madeAt);
    tellTabs(given);
    status.mark(question, false);
    sender.schedule(delay);
  }

  function onChange(event, delay) {
    const question = event.target.closest("[data-question]");
    if (question) keep(question, delay);
  }

  enhanceMatching(form);
  enhanceOrdering(form);
  form.addEventListener("change", (event) => !isTyped(event.target) && onChange(event, AFTER_CHOOSING));
  form.addEventListener("quiz:moved", (event) => onChange(event, AFTER_CHOOSING));
  form.addEventListener("input", (event) => isTyped(event.target) && onChange(event, AFTER_TYPING));
  const handIn = enhanceHandingIn(form, sender);
  status.ready();
  for (const kept of await queue.load()) {
    if (isNewer(questionAt(kept.position), kept.sequence)) show(kept);
    if (questionAt(kept.position)) status.mark(questionAt(kept.position), kept.isSaved);
  }
  startCountdown(form, clock, handIn);
  await sender.flush();
  await openWithoutNetwork();
}

document.querySelectorAll("form[data-quiz]").forEach(start);
document.querySelector("#error-summary, #unanswered")?.focus();
