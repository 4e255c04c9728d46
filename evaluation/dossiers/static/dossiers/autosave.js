/* htmx saves each indicator as it changes. Until the server has it, it is kept in this browser: it is sent once back
   online, or put back into the form when the page is opened again. */

const form = document.querySelector("[data-autosave]");
const waiting = new Set(); // sections that could not be sent
const sent = new Map(); // what the last request of a section carried

function keyOf(section) {
  return `${location.pathname}#${section.getAttribute("aria-labelledby")}`;
}

function valuesOf(section) {
  const names = new Set([...section.querySelectorAll("[name]")].map((field) => field.name));
  return JSON.stringify([...new FormData(form)].filter(([name]) => names.has(name)));
}

function keep(section) {
  try {
    localStorage.setItem(keyOf(section), valuesOf(section));
  } catch {
    /* storage is full or forbidden: the page still warns before it is closed */
  }
}

function forget(section) {
  waiting.delete(section);
  localStorage.removeItem(keyOf(section));
}

function putBack(section) {
  const kept = localStorage.getItem(keyOf(section));
  if (!kept) return;
  const values = JSON.parse(kept);
  for (const field of section.querySelectorAll("[name]")) {
    const given = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox") field.checked = given.includes(field.value);
    else if (given.length) field.value = given[0];
  }
  waiting.add(section);
  window.addEventListener("load", () => window.htmx?.trigger(section, "change"));
}

function say(section, text) {
  const line = section.querySelector("[role=status]");
  line.textContent = text;
  line.toggleAttribute("data-problem", Boolean(text));
}

function sectionOf(event) {
  return event.target.closest?.("[data-indicator]");
}

form?.addEventListener("change", (event) => {
  const section = sectionOf(event);
  if (section) keep(section);
});

form?.addEventListener("htmx:beforeRequest", (event) => {
  const section = sectionOf(event);
  if (section) sent.set(section, valuesOf(section));
});

form?.addEventListener("htmx:sendError", (event) => {
  const section = sectionOf(event);
  if (!section) return;
  waiting.add(section);
  say(section, form.dataset.lost);
});

form?.addEventListener("htmx:responseError", (event) => {
  const section = sectionOf(event);
  if (!section) return;
  waiting.add(section);
  say(section, form.dataset.failed);
});

form?.addEventListener("htmx:afterOnLoad", (event) => {
  const section = sectionOf(event);
  if (!section) return;
  if (valuesOf(section) === sent.get(section)) forget(section);
  section.querySelector("[role=status]").removeAttribute("data-problem");
});

window.addEventListener("online", () => {
  for (const section of waiting) window.htmx?.trigger(section, "change");
});

window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});

form?.addEventListener("submit", () => form.querySelectorAll("[data-indicator]").forEach(forget));

for (const section of form?.querySelectorAll("[data-indicator]") ?? []) putBack(section);
