// On pages beside the attempt's own: what still waits on this device is sent as soon as there is a network.

import { deliver } from "./delivering.js";
import { forgetPage } from "./offline.js";
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

async function empty() {
  const waiting = (await store.read()).filter((kept) => !kept.isSaved);
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
