// Answers that the server has not confirmed, kept on this device: they outlive a closed tab and a lost network.
// The store is read anew each time, because another tab may write to it too.

export class Queue {
  #key;
  #memory = "{}";

  constructor(attempt) {
    this.#key = `answers:${attempt}`;
  }

  get size() {
    return Object.keys(this.#load()).length;
  }

  all() {
    return Object.entries(this.#load()).map(([position, kept]) => ({ position: Number(position), ...kept }));
  }

  put(position, answer, sequence) {
    this.#store({ ...this.#load(), [position]: { answer, sequence } });
  }

  // Forgets the answer unless a newer one was given while it was on its way.
  settle(position, sequence) {
    const kept = this.#load();
    if (kept[position] && kept[position].sequence <= sequence) {
      delete kept[position];
      this.#store(kept);
    }
  }

  has(position) {
    return position in this.#load();
  }

  clear() {
    this.#store({});
  }

  #load() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "{}");
    } catch {
      return JSON.parse(this.#memory);
    }
  }

  #store(kept) {
    this.#memory = JSON.stringify(kept);
    try {
      if (Object.keys(kept).length) localStorage.setItem(this.#key, this.#memory);
      else localStorage.removeItem(this.#key);
    } catch {
      // No storage here (private window, full disk): memory must do.
    }
  }
}
