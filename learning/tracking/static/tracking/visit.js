// Tells the server that this step is open, so that any device resumes here, and when one leaves a lesson, beneath which
// heading one was. Where it cannot (no network, no script), what was finished tells enough: nothing is lost by its
// failing.
const place = document.querySelector("[data-visit]");
const headings = document.querySelectorAll(".player .reading > h2[id]");

function tell(part) {
  const headers = { "X-CSRFToken": place.dataset.token };
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
  tell(told);
  addEventListener("scroll", () => (isRead = true), { once: true, passive: true });
  document.addEventListener("visibilitychange", () => {
    const part = readLast();
    if (document.visibilityState === "hidden" && isRead && part !== told) tell((told = part));
  });
}
