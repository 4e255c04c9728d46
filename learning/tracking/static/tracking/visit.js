// Tells the server that this step is open, so that any device resumes here, and beneath which heading of a lesson one
// reads: when scrolling rests, and when one leaves. Where it cannot (no network, no script), what was finished tells
// enough: nothing is lost by its failing.

import { csrfToken } from "../interface/csrf.js";

const RESTED = 1000;
const place = document.querySelector("[data-visit]");
const headings = document.querySelectorAll(".player .reading > h2[id]");

function tell(part) {
  const headers = { "X-CSRFToken": csrfToken() };
  const body = new URLSearchParams({ part });
  fetch(place.dataset.visit, { method: "POST", keepalive: true, headers, body }).catch(() => {});
}

function readLast() {
  const middle = window.innerHeight / 2;
  return [...headings].filter((heading) => heading.getBoundingClientRect().top < middle).at(-1)?.id ?? "";
}

if (place) {
  let told = "";
  let isRead = false;
  let rest = 0;
  const tellWhatIsRead = () => {
    const part = readLast();
    if (isRead && part !== told) tell((told = part));
  };
  tell(told);
  addEventListener(
    "scroll",
    () => {
      isRead = true;
      clearTimeout(rest);
      rest = setTimeout(tellWhatIsRead, RESTED);
    },
    { passive: true },
  );
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tellWhatIsRead());
}
