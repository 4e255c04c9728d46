// Tells the server that this step is open, so that any device resumes here. Where it cannot (no network, no
// script), what was finished tells enough: nothing is lost by its failing.
const place = document.querySelector("[data-visit]");

if (place) {
  const headers = { "X-CSRFToken": place.dataset.token };
  fetch(place.dataset.visit, { method: "POST", keepalive: true, headers }).catch(() => {});
}
