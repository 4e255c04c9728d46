// One question a screen, or all on one page: as the screen's width suggests until the learner chooses, and then by that
// choice. Without this script all stand on one page; no answer depends on what is shown.

import { overview } from "./overview.js";

const KEPT = "quiz-view";
const ENTERED = ["text", "radio", "checkbox"];
const NARROW = matchMedia("(max-width: 47.99rem)");

function chosen() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(view) {
  try {
    localStorage.setItem(KEPT, view);
  } catch {
    // the choice holds as long as the page
  }
}

function start(form) {
  const find = (name) => form.querySelector(`[data-${name}]`);
  const [place, moves, switching, back, on] = ["place", "moves", "view-switch", "back", "on"].map(find);
  const screens = [...form.querySelectorAll("[data-question]"), find("end")];
  const last = screens.length - 1;
  const indexOf = (address) => screens.findIndex((screen) => address && `#${screen.id}` === address);
  const isSingle = () => form.dataset.view === "single";
  const told = overview(form, isSingle);
  let at = Math.max(0, indexOf(first()));

  function first() {
    return document.querySelector("#error-summary a, #unanswered a")?.hash ?? location.hash;
  }

  function lay() {
    screens.forEach((screen, index) => {
      screen.hidden = isSingle() && index !== at;
    });
    moves.hidden = place.hidden = !isSingle();
    back.hidden = at === 0;
    on.hidden = at === last;
    on.querySelector("span").textContent = at === last - 1 ? on.dataset.last : on.dataset.next;
    const values = { "{number}": at + 1, "{total}": last };
    place.textContent = at === last ? place.dataset.after : place.dataset.text.replace(/{\w+}/g, (name) => values[name]);
    switching.textContent = isSingle() ? switching.dataset.all : switching.dataset.single;
    told.tell(isSingle() ? at : -1);
  }

  function go(index) {
    at = index;
    lay();
    if (isSingle()) {
      history.replaceState(history.state, "", `#${screens[at].id}`);
      form.querySelector("details").open = false;
    }
    screens[at].querySelector("h2").focus({ preventScroll: true });
    (isSingle() ? form : screens[at]).scrollIntoView();
  }

  function view(name) {
    form.dataset.view = name;
    lay();
  }

  back.addEventListener("click", () => go(at - 1));
  on.addEventListener("click", () => go(at + 1));
  switching.addEventListener("click", () => {
    view(isSingle() ? "all" : "single");
    keep(form.dataset.view);
  });
  document.addEventListener("click", (event) => {
    const index = indexOf(event.target.closest?.("a[href^='#']")?.hash);
    if (index < 0) return;
    event.preventDefault();
    go(index);
  });
  // The Enter key in a line of text, or on a choice, would hand in the whole quiz.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !ENTERED.includes(event.target.type)) return;
    event.preventDefault();
    if (isSingle()) go(at + 1);
  });
  NARROW.addEventListener("change", () => chosen() || view(NARROW.matches ? "single" : "all"));
  switching.hidden = false;
  view(chosen() ?? (NARROW.matches ? "single" : "all"));
}

document.querySelectorAll("form[data-quiz]").forEach(start);
