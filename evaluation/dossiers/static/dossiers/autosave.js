/* htmx saves the indicator as it changes. Until the server has it, it is kept in this browser: it is sent once back
   online, or put back into the form when the page is opened again. */

const form = document.querySelector("[data-autosave]");
const section = form?.querySelector("[data-indicator]");
const line = document.getElementById("saved");
const place = `${document.body.dataset.account} ${location.pathname}`; // others may sign in on this device
let isWaiting = false; // it could not be sent
let sent = ""; // what the last request carried

const isOurs = (event) => section.contains(event.target);

function values() {
  const names = new Set([...section.querySelectorAll("[name]")].map((field) => field.name));
  return JSON.stringify([...new FormData(form)].filter(([name]) => names.has(name)));
}

function keep() {
  try {
    localStorage.setItem(place, values());
  } catch {
    /* storage is full or forbidden: the page still warns before it is closed */
  }
}

function forget() {
  isWaiting = false;
  localStorage.removeItem(place);
}

function putBack(kept) {
  for (const field of section.querySelectorAll("[name]")) {
    const given = kept.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (given.length) field.value = given[0];
  }
  isWaiting = true;
  window.addEventListener("load", sendAgain);
}

function sendAgain() {
  if (isWaiting) window.htmx?.trigger(section, "change");
}

function couldNot(text) {
  isWaiting = true;
  line.textContent = text;
  line.setAttribute("data-problem", "");
}

function start() {
  form.addEventListener("change", (event) => isOurs(event) && keep());
  form.addEventListener("htmx:beforeRequest", () => {
    sent = values();
  });
  // Before the next request is put together: else it would take what stands there now for another window's.
  form.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    const seen = detail.xhr.getResponseHeader("X-Seen");
    line.toggleAttribute("data-problem", !seen);
    if (!seen) return;
    if (values() === sent) forget();
    section.querySelector("[name$='-seen']").value = seen;
  });
  form.addEventListener("htmx:sendError", () => couldNot(form.dataset.lost));
  form.addEventListener("htmx:responseError", () => couldNot(form.dataset.failed));
  form.addEventListener("submit", forget);
  window.addEventListener("online", sendAgain);
  window.addEventListener("beforeunload", (event) => {
    if (isWaiting) event.preventDefault();
  });
  const kept = localStorage.getItem(place);
  if (kept) putBack(JSON.parse(kept));
}

if (section) start();
