// A trainer's preview of one question: lines can be moved and joined, nothing is sent.

import { enhanceMatching } from "./matching.js";
import { enhanceOrdering } from "./ordering.js";

document.querySelectorAll("form[data-preview]").forEach((form) => {
  enhanceMatching(form);
  enhanceOrdering(form);
  form.addEventListener("submit", (event) => event.preventDefault());
});
