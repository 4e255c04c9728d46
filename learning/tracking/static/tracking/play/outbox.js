// What a content reported and the server has not confirmed, kept on this device: it outlives a closed tab, a lost
// network and an ended session. Each entry is an item of its own and knows its tab, so that tabs never overwrite one
// another.

const tab = crypto.randomUUID();
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
    const waiting = this.all().find((one) => isMine(one, entry) && !this.#sent.has(one.key));
    if (waiting) {
      this.#write(waiting.name, { ...entry, base: waiting.base, tab });
      return;
    }
    const moment = `${Date.now()}`.padStart(15, "0") + `${count++}`.padStart(6, "0");
    this.#write(`${this.#prefix}${moment}${tab.slice(0, 8)}`, { ...entry, tab });
  }

  // Whether a state of this tab's is still on its way.
  holds(field, subContent) {
    return this.all().some((one) => isMine(one, { kind: "state", field, subContent }));
  }

  // At most so many characters of entries, in their order, and at least one.
  batch(most) {
    const batch = [];
    let size = 0;
    for (const { name, tab: _tab, ...entry } of this.all()) {
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

function isMine(one, other) {
  const isState = one.kind === "state" && other.kind === "state" && one.tab === tab;
  return isState && one.field === other.field && one.subContent === other.subContent;
}
