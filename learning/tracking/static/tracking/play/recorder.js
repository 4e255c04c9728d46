// The host page of an activity: launches the play, gives the content what was kept, and records what it reports.

import { csrfToken } from "../../interface/csrf.js";
import { Courier } from "./courier.js";
import { Outbox } from "./outbox.js";
import { finished, Report } from "./report.js";

const KINDS = new Set(["state", "statement", "result"]);

async function launch(place) {
  const response = await fetch(place.dataset.launch, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken() },
  });
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const said = isJson ? await response.json() : {};
  if (!response.ok) throw new Error(said.message ?? "");
  // Finished in another tab or on another device since this page was made.
  if (said.is_done && !("isDone" in place.dataset)) finished(place, said.standing);
  return said;
}

// What this device still holds is newer than what the server gave.
function withKept(state, outbox) {
  const kept = outbox.all().filter(({ kind }) => kind === "state");
  const names = new Set(kept.map(({ field, subContent }) => `${subContent}/${field}`));
  return [...state.filter(({ field, subContent }) => !names.has(`${subContent}/${field}`)), ...kept];
}

async function prepare(place, recording) {
  const { play, address, state } = await launch(place);
  const outbox = new Outbox(play);
  const take = place.dataset.take.replace("00000000-0000-0000-0000-000000000000", play);
  Object.assign(recording, { play, outbox, bases: new Map(), count: 0, ask: () => launch(place) });
  recording.courier = new Courier(take, outbox, new Report(place, recording));
  const known = outbox.isEmpty ? state : await delivered(place, recording, state);
  recording.bases = new Map(known.map(({ field, subContent, value }) => [`${subContent}/${field}`, value]));
  return { address, state: known };
}

// What an earlier tab left on this device goes first, so that one begins with what the server made of both.
async function delivered(place, { courier, outbox }, state) {
  await courier.deliver();
  if (!outbox.isEmpty) return withKept(state, outbox);
  return launch(place).then((again) => again.state, () => state);
}

function record(place, recording, { name, verb, data, field, subContent, value, base, count }) {
  if (recording.bases && name === "agreed") recording.bases.set(`${subContent}/${field}`, value);
  if (name === "behind") place.querySelector("[data-play-behind]").hidden = false;
  if (!recording.outbox || !KINDS.has(name)) return;
  const key = crypto.randomUUID();
  if (name === "state") {
    const part = `${subContent}/${field}`;
    const known = recording.bases.get(part) ?? base ?? null;
    recording.outbox.put({ key, kind: name, field, subContent, value, base: known });
    recording.bases.set(part, value);
    recording.count = count;
  } else recording.outbox.put({ key, kind: name, verb, data });
  recording.courier.schedule(name === "result" ? 0 : 400);
}

for (const place of document.querySelectorAll("[data-play]")) {
  const recording = {};
  place.addEventListener("package:start", ({ detail }) => {
    recording.say = detail.say;
    detail.until.push(prepare(place, recording));
  });
  place.addEventListener("package:told", ({ detail }) => record(place, recording, detail));
}
