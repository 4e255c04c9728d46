// A trainer's preview of one question: lines can be moved, nothing is sent.

import { enhanceOrdering } from "./ordering.js";

document.querySelectorAll("form[data-preview]").forEach((form) => {
  enhanceOrdering(form);
  form.addEventListener("submit", (event) => event.preventDefault());
});
