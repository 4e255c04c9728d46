// What still waits on this device for the account of this page, and how it gets to the server.

import { deliver } from "./delivering.js";
import * as store from "./store.js";

const REFUSED = [404, 409];

export async function waiting() {
  const { account } = document.body.dataset;
  return (await store.read()).filter((kept) => !kept.isSaved && kept.account === account);
}

// Resolves to the attempts whose answers came after the time.
export async function send(answers) {
  const late = new Set();
  for (const kept of byAttempt(answers)) if (await sendTogether(kept)) late.add(kept[0].attempt);
  return late;
}

// All of one attempt in one delivery: what comes after the time and after that is believed no more.
function byAttempt(answers) {
  const groups = new Map();
  for (const kept of answers) groups.set(kept.attempt, [...(groups.get(kept.attempt) ?? []), kept]);
  return [...groups.values()];
}

async function sendTogether(kept) {
  const { status, said } = await deliver(kept[0].address, kept);
  if (status === 200 && said.answers) {
    for (const one of kept) await store.keep({ ...one, isSaved: true });
  }
  if (REFUSED.includes(status)) await store.forget(kept[0].attempt);
  return status === 200 && Boolean(said.is_late);
}
