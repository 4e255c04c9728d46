// Keeps notes and marks without leaving the lesson. Each form also works without this. What was typed stays in its
// field until the server has it, and whoever leaves before that is asked.

import { csrfToken } from "../interface/csrf.js";
import { lightUp, watchSelection } from "./marks.js";
import { isChanged, textsOf, unsent } from "./typed.js";

const section = document.querySelector("[data-notes]");
const status = section.querySelector("[data-status]");
const say = (name) => (status.textContent = section.dataset[name]);

function bodyOf(form, button) {
  const body = new FormData(form, button);
  body.set("csrfmiddlewaretoken", csrfToken());
  return body;
}

// The page as it stands after saving, or why there is none.
async function send(form, button) {
  const options = { method: "POST", body: bodyOf(form, button) };
  options.headers = { "X-Account": document.body.dataset.account };
  let response;
  try {
    response = await fetch(form.action, options);
  } catch {
    return { fault: "away" };
  }
  if ([401, 403].includes(response.status)) return { fault: "signedOut" };
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (page.querySelector("[data-notes]")) return { page };
  return { fault: response.ok ? "signedOut" : "failed" };
}

// Shows what the server has, and leaves what is being typed.
function renew(fresh, sent, words) {
  const isKept = sent.id === "new-note" && !fresh.querySelector("#new-note[data-refused]");
  const typed = unsent(section, sent, words, isKept);
  for (const name of ["[data-note-list]", `#${sent.id}`]) {
    const [old, next] = [section, fresh].map((root) => root.querySelector(name));
    if (old && next) old.replaceWith(next);
  }
  for (const { id, value, isTyped } of typed) {
    const text = document.getElementById(id);
    if (!text) continue;
    text.value = value;
    const fold = text.closest("details");
    if (fold) fold.open = true;
    if (isTyped) text.focus();
  }
}

// Why a mark is not kept: its own form shows nothing, so the words are those of the form for notes.
function refusalOf(form, page) {
  const refused = form.matches("[data-mark]") && page.querySelector("#new-note[data-refused]");
  return refused ? refused.querySelector(".field__error")?.textContent.trim() || section.dataset.failed : "";
}

async function keep(form, button) {
  say("saving");
  button?.setAttribute("aria-disabled", "true");
  const words = new Map(textsOf(form).map((text) => [text.id, text.value]));
  const { fault, page } = await send(form, button);
  button?.removeAttribute("aria-disabled");
  const reason = fault ? section.dataset[fault] : refusalOf(form, page);
  if (reason) {
    form.hidden = false;
    status.textContent = reason;
    return;
  }
  renew(page.querySelector("[data-notes]"), form, words);
  lightUp(section);
  status.replaceChildren(...(page.querySelector(".messages")?.children ?? []));
  const refused = section.querySelector("[aria-invalid=true]");
  if (refused) refused.focus();
  else if (!form.isConnected && form.id.startsWith("change-")) section.querySelector("h2").focus();
}

section.querySelector("h2").tabIndex = -1;
section.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-note]")) return;
  event.preventDefault();
  if (event.submitter?.getAttribute("aria-disabled") !== "true") keep(event.target, event.submitter);
});
addEventListener("beforeunload", (event) => {
  if (textsOf(section).some(isChanged)) event.preventDefault();
});
lightUp(section);
watchSelection(section);
