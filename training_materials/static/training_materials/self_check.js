// Says at once whether the chosen answer is right, and opens the explanation. Nothing is stored or sent.

function judge(check, chosen) {
  const isRight = chosen.hasAttribute("data-is-right");
  const verdict = check.querySelector("[data-verdict]");
  verdict.textContent = isRight ? check.dataset.right : check.dataset.wrong;
  verdict.classList.toggle("check__verdict--right", isRight);
  verdict.classList.toggle("check__verdict--wrong", !isRight);
  check.querySelector("details").open = isRight;
}

for (const check of document.querySelectorAll("[data-self-check]:not([data-is-ready])")) {
  check.dataset.isReady = "";
  check.addEventListener("change", (event) => judge(check, event.target));
}
