/* htmx saves each indicator as it changes. What could not be sent is kept in this browser until it has been: it is sent
   once back online, or put back into the form when the page is opened again. */

const form = document.querySelector("[data-autosave]");
const waiting = new Set();

function keyOf(section) {
  return `${location.pathname}#${section.getAttribute("aria-labelledby")}`;
}

function keep(section) {
  waiting.add(section);
  const values = new FormData(form);
  const names = new Set([...section.querySelectorAll("[name]")].map((field) => field.name));
  const own = [...values].filter(([name]) => names.has(name));
  try {
    localStorage.setItem(keyOf(section), JSON.stringify(own));
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
  keep(section);
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

form?.addEventListener("htmx:sendError", (event) => {
  const section = sectionOf(event);
  if (!section) return;
  keep(section);
  say(section, form.dataset.lost);
});

form?.addEventListener("htmx:responseError", (event) => {
  const section = sectionOf(event);
  if (!section) return;
  keep(section);
  say(section, form.dataset.failed);
});

form?.addEventListener("htmx:afterOnLoad", (event) => {
  const section = sectionOf(event);
  if (!section) return;
  forget(section);
  section.querySelector("[role=status]").removeAttribute("data-problem");
});

window.addEventListener("online", () => {
  for (const section of waiting) window.htmx?.trigger(section, "change");
});

window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});

form?.addEventListener("submit", () => [...waiting].forEach(forget));

for (const section of form?.querySelectorAll("[data-indicator]") ?? []) putBack(section);
