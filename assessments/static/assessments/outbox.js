// On pages beside the attempt's own: what still waits on this device is sent as soon as there is a network, for the
// person who gave it. Answers of others on the device stay until these sign in again.

import { deliver } from "./delivering.js";
import { forgetPage, forgetPagesOfOthers } from "./offline.js";
import * as store from "./store.js";

const REFUSED = [404, 409];

async function send(kept) {
  const { status, said } = await deliver(kept[0].address, kept);
  if (status === 200 && said.answers) {
    for (const one of kept) await store.keep({ ...one, isSaved: true });
  }
  if (REFUSED.includes(status)) await store.forget(kept[0].attempt);
  return status === 200 && Boolean(said.is_late);
}

function isToSend(kept) {
  const isOpenHere = document.querySelector(`[data-quiz="${kept.attempt}"]`); // its page sends them itself
  return !kept.isSaved && kept.account === document.body.dataset.account && !isOpenHere;
}

async function empty() {
  await forgetPagesOfOthers(document.body.dataset.account);
  const waiting = (await store.read()).filter(isToSend);
  const attempts = Map.groupBy
    ? [...Map.groupBy(waiting, ({ attempt }) => attempt).values()]
    : waiting.map((kept) => [kept]);
  for (const kept of attempts) {
    if ((await send(kept)) && document.querySelector(`[data-outbox="${kept[0].attempt}"]`)) location.reload();
  }
  for (const { dataset } of document.querySelectorAll("[data-handed-in]")) {
    await Promise.all([store.forget(dataset.handedIn), forgetPage(dataset.handedIn)]);
  }
}

addEventListener("online", empty);
empty().catch(() => {});
