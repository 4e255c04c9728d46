// What a content reported and the server has not confirmed, kept on this device: it outlives a closed tab, a lost
// network and an ended session. Each entry is an item of its own, so that tabs never overwrite one another.

const memory = new Map();
let count = 0;

function store() {
  try {
    localStorage.length;
    return localStorage;
  } catch {
    return null;
  }
}

export class Outbox {
  #prefix;
  #sent = new Set();

  constructor(play) {
    this.#prefix = `play:${play}:`;
  }

  // A state that waits is replaced by the newer one; one that is on its way is not, the newer follows it.
  put(entry) {
    const waiting = this.all().find((one) => one.kind === "state" && sameState(one, entry) && !this.#sent.has(one.key));
    if (waiting) {
      this.#write(waiting.name, { ...entry, base: waiting.base });
      return;
    }
    const moment = `${Date.now()}`.padStart(15, "0") + `${count++}`.padStart(6, "0");
    this.#write(`${this.#prefix}${moment}`, entry);
  }

  // At most so many characters of entries, in their order, and at least one.
  batch(most) {
    const batch = [];
    let size = 0;
    for (const { name, ...entry } of this.all()) {
      size += JSON.stringify(entry).length;
      if (batch.length && (size > most || batch.length >= 40)) break;
      batch.push(entry);
    }
    batch.forEach((entry) => this.#sent.add(entry.key));
    return batch;
  }

  settle(keys) {
    const taken = new Set(keys);
    for (const { name, key } of this.all()) {
      if (!taken.has(key)) continue;
      memory.delete(name);
      store()?.removeItem(name);
    }
  }

  get isEmpty() {
    return !this.all().length;
  }

  all() {
    const kept = new Map(memory);
    const shelf = store();
    for (let place = 0; place < (shelf?.length ?? 0); place++) {
      const name = shelf.key(place);
      if (name.startsWith(this.#prefix)) kept.set(name, shelf.getItem(name));
    }
    const mine = [...kept].filter(([name, text]) => name.startsWith(this.#prefix) && text);
    return mine.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, text]) => ({ name, ...JSON.parse(text) }));
  }

  #write(name, entry) {
    const text = JSON.stringify(entry);
    try {
      store().setItem(name, text);
    } catch {
      // No storage here (private window, full disk): memory must do.
      memory.set(name, text);
    }
  }
}

function sameState(one, other) {
  return other.kind === "state" && one.field === other.field && one.subContent === other.subContent;
}
