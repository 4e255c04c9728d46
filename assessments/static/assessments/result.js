// Who has just handed in hears the verdict first.

const ATTEMPT = /^\/bai-kiem-tra\/[0-9a-f-]{36}\/$/;

if (document.referrer && ATTEMPT.test(new URL(document.referrer).pathname)) {
  document.querySelector("#verdict").focus({ preventScroll: true });
}
