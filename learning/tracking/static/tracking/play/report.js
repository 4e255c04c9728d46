// What the learner is told beneath a content, and what the other tabs did is passed on.

import { agree, agreeAnew } from "./agreeing.js";

export class Report {
  #place;
  #line;
  #recording;

  constructor(place, recording) {
    this.#place = place;
    this.#recording = recording;
    this.#line = place.querySelector("[data-play-status]");
  }

  say(text) {
    if (text && this.#line.textContent !== text) this.#line.textContent = text;
  }

  saving() {
    if (!this.#line.textContent) this.say(this.#line.dataset.saving);
  }

  waiting() {
    this.say(this.#line.dataset.waiting);
  }

  carried() {
    agreeAnew(this.#recording);
  }

  saved({ saved_at, is_done, standing, state }) {
    agree(this.#recording, state);
    this.say([this.#line.dataset.saved.replace("{time}", saved_at), standing].filter(Boolean).join(" "));
    if (is_done) finished(this.#place, standing);
  }
}

export function finished(place, standing) {
  place.querySelector("[data-play-done]").hidden = false;
  place.querySelector("[data-play-standing]").textContent = standing;
}
