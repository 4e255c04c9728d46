// On pages beside the attempt's own: what still waits on this device is sent as soon as there is a network, for the
// person who gave it. Answers of others on the device stay until these sign in again.

import "./leaving.js"; // at hand, should the network be away when the person signs out
import { forgetPage, forgetPagesOfOthers } from "./offline.js";
import * as store from "./store.js";
import { send, waiting } from "./waiting.js";

// The page of an attempt sends its answers itself.
const isOpenHere = ({ attempt }) => document.querySelector(`[data-quiz="${attempt}"]`);

async function empty() {
  await forgetPagesOfOthers(document.body.dataset.account);
  const late = await send((await waiting()).filter((kept) => !isOpenHere(kept)));
  for (const attempt of late) if (document.querySelector(`[data-outbox="${attempt}"]`)) location.reload();
  for (const { dataset } of document.querySelectorAll("[data-handed-in]")) {
    await Promise.all([store.forget(dataset.handedIn), forgetPage(dataset.handedIn)]);
  }
}

addEventListener("online", empty);
empty().catch(() => {});
