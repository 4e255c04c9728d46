/* htmx saves each indicator as it changes; this says so when that fails, and sends again once back online. */

const form = document.querySelector("[data-autosave]");
const waiting = new Set();

function say(section, text) {
  const line = section.querySelector("[role=status]");
  line.textContent = text;
  line.toggleAttribute("data-problem", Boolean(text));
}

function sectionOf(event) {
  return event.target.closest?.("[data-indicator]");
}

form?.addEventListener("htmx:sendError", (event) => {
  const section = sectionOf(event);
  if (!section) return;
  waiting.add(section);
  say(section, form.dataset.lost);
});

form?.addEventListener("htmx:responseError", (event) => {
  const section = sectionOf(event);
  if (section) say(section, form.dataset.failed);
});

form?.addEventListener("htmx:afterOnLoad", (event) => {
  const section = sectionOf(event);
  if (!section) return;
  waiting.delete(section);
  section.querySelector("[role=status]").removeAttribute("data-problem");
});

window.addEventListener("online", () => {
  for (const section of waiting) window.htmx?.trigger(section, "change");
});

window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});

form?.addEventListener("submit", () => waiting.clear());
