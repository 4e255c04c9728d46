// What quizzes left on this device: sent for the person whom it belongs to, out of sight once that person signs out.

import { forgetAllPages, keepNotice } from "./offline.js";
import { NAME } from "./store.js";

let isLeaving = false;

// A browser that cannot tell may hold some.
const mayHoldAnswers = async () =>
  !indexedDB.databases || (await indexedDB.databases()).some(({ name }) => name === NAME);

const mayLeave = async (form) => !(await mayHoldAnswers()) || (await import("./leaving.js")).mayLeave(form);

async function signOut(event) {
  event.preventDefault();
  if (isLeaving) return;
  isLeaving = true;
  const form = event.target;
  if (await mayLeave(form).catch(() => true)) {
    await forgetAllPages().catch(() => {});
    form.submit();
  }
  isLeaving = false;
}

async function sendWhatWaits() {
  if (await mayHoldAnswers()) await import("./outbox.js");
}

for (const form of document.querySelectorAll("form[data-signs-out]")) form.addEventListener("submit", signOut);
sendWhatWaits().catch(() => {});
keepNotice().catch(() => {}); // without network, or storage: another time
