// The server's time by this device's clock. A page from the cache brings an old time, which can only be too early:
// so the furthest that was seen counts.

const KEPT = "quiz-clock";

export class Clock {
  #ahead;

  constructor(serverNow) {
    this.#ahead = Math.max(serverNow - Date.now(), this.#kept());
    this.#keep();
  }

  now() {
    return Date.now() + this.#ahead;
  }

  #kept() {
    try {
      return Number(sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT) ?? -Infinity);
    } catch {
      return -Infinity;
    }
  }

  #keep() {
    try {
      localStorage.setItem(KEPT, this.#ahead);
    } catch {
      // the page's own time must do
    }
  }
}
