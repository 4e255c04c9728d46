// Sends what waits, one request at a time, and tries again until the server has confirmed it.

import { deliver } from "./delivering.js";

const SLOWEST = 60_000;

export class Sender {
  #address;
  #queue;
  #status;
  #onStored;
  #timer = 0;
  #failures = 0;
  #sending = null;

  constructor(address, queue, status, onStored) {
    this.#address = address;
    this.#queue = queue;
    this.#status = status;
    this.#onStored = onStored;
    addEventListener("online", () => this.schedule(0));
    addEventListener("focus", () => this.schedule(0)); // back from signing in, in a window beside this one
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => !document.hidden && this.schedule(0));
  }

  schedule(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delay);
  }

  // Resolves to whether everything is confirmed.
  async flush() {
    if (this.#sending) await this.#sending;
    const batch = this.#queue.waiting();
    if (!batch.length) return true;
    this.#status.saving();
    this.#sending = this.#send(batch).finally(() => (this.#sending = null));
    return (await this.#sending) && !this.#queue.waiting().length;
  }

  async #send(batch) {
    const { status, said } = await deliver(this.#address, batch);
    if (status === 200 && said.answers) return this.#confirmed(said);
    if (status === 400 && batch.length > 1) return this.#oneByOne(batch);
    if (status === 401) return this.#status.signedOut(said.message);
    if (status === 429) return this.#later(said.retry_after * 1000);
    if (status === 0 || status >= 500 || status === 200) return this.#later();
    return this.#refused(status, said, batch);
  }

  async #refused(status, said, batch) {
    if (status === 409) {
      await this.#queue.clear();
      location.assign(said.attempt);
    } else if (status === 400 && said.message) {
      batch.forEach(({ position, answer, sequence }) => this.#queue.settle(position, answer, sequence));
      this.#status.say(said.message);
    } else this.#status.reload();
    return false;
  }

  // One of them cannot be read: the others must not suffer for it.
  async #oneByOne(batch) {
    for (const answer of batch) await this.#send([answer]);
    return !this.#queue.waiting().length;
  }

  #confirmed(said) {
    this.#failures = 0;
    said.answers.forEach((stored) => this.#onStored(stored));
    if (said.is_late) location.reload();
    else if (this.#queue.waiting().length) this.schedule(0);
    else this.#status.saved(said.saved_at);
    return true;
  }

  #later(delay = Math.min(2000 * 2 ** this.#failures++, SLOWEST)) {
    this.#status.waiting(this.#queue.waiting());
    this.schedule(delay);
    return false;
  }
}
