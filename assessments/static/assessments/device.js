// What quizzes left on this device: sent for the person whom it belongs to, out of sight once that person signs out.

import { forgetAllPages } from "./offline.js";
import { NAME } from "./store.js";

async function signOut(event) {
  event.preventDefault();
  await forgetAllPages().catch(() => {});
  event.target.submit();
}

async function sendWhatWaits() {
  const databases = (await indexedDB.databases?.()) ?? [];
  if (databases.some(({ name }) => name === NAME)) await import("./outbox.js");
}

for (const form of document.querySelectorAll("form[data-signs-out]")) form.addEventListener("submit", signOut);
sendWhatWaits().catch(() => {});
