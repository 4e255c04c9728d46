// Who has just handed in hears the verdict first.

const verdict = document.querySelector("#verdict");

if (document.referrer && new URL(document.referrer).pathname === verdict.dataset.heardAfter) {
  verdict.focus({ preventScroll: true });
}
