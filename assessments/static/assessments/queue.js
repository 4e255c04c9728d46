// One attempt's answers on this device. This tab's own are also at hand without waiting, for a page that is left.

import * as store from "./store.js";

export class Queue {
  #attempt;
  #address;
  #account = document.body.dataset.account; // others may sign in on this device
  #own = new Map(); // by position: what this tab knows

  constructor(attempt, address) {
    this.#attempt = attempt;
    this.#address = address;
  }

  // Reads what this device holds. Where there is no storage (private window, full disk) memory must do.
  async load() {
    try {
      for (const kept of await store.read(this.#attempt)) this.#take(kept);
    } catch {
      // the answers of this tab are still in memory
    }
    return [...this.#own.values()];
  }

  // What the server has not confirmed.
  waiting() {
    return [...this.#own.values()].filter((kept) => !kept.isSaved);
  }

  put(position, answer, sequence, madeAt) {
    return this.#keep({ position, answer, sequence, madeAt, isSaved: false });
  }

  // The server has this answer; a newer one that was given while it was on its way goes on waiting.
  settle(position, answer, sequence) {
    const known = this.#own.get(position);
    if (known && known.sequence > sequence) return false;
    this.#keep({ position, answer, sequence, madeAt: known?.madeAt, isSaved: true });
    return true;
  }

  async clear() {
    this.#own.clear();
    await store.forget(this.#attempt).catch(() => {});
  }

  async #keep(kept) {
    const whole = { ...kept, attempt: this.#attempt, address: this.#address, account: this.#account };
    this.#own.set(kept.position, whole);
    await store.keep(whole).catch(() => {});
  }

  #take(kept) {
    const known = this.#own.get(kept.position);
    if (!known || known.sequence < kept.sequence || (known.sequence === kept.sequence && kept.isSaved)) {
      this.#own.set(kept.position, kept);
    }
  }
}
