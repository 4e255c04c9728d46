// Carries the outbox to the server, one request at a time, and tries again until it has confirmed everything.

import { csrfToken } from "../../interface/csrf.js";

const SLOWEST = 60_000;
// Browsers let a page that is closing send 64 kB.
const MOST = 50_000;

export class Courier {
  #address;
  #outbox;
  #report;
  #timer = 0;
  #failures = 0;
  #running = false;

  constructor(address, outbox, report) {
    this.#address = address;
    this.#outbox = outbox;
    this.#report = report;
    addEventListener("online", () => this.schedule(0));
    addEventListener("pagehide", () => this.#post(this.#outbox.batch(MOST)));
    document.addEventListener("visibilitychange", () => this.schedule(0));
  }

  // Once now, for who waits until what stands here has arrived; it may fail.
  deliver() {
    return this.#run();
  }

  schedule(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), delay);
  }

  async #run() {
    if (this.#running) return;
    if (this.#outbox.isEmpty) return this.#report.carried();
    this.#running = true;
    this.#report.saving();
    const said = await this.#post(this.#outbox.batch(MOST));
    this.#running = false;
    if (said) {
      this.#failures = 0;
      this.#report.saved(said);
      if (!this.#outbox.isEmpty) this.schedule(0);
    }
  }

  // Resolves to what the server said, or to null after which it is tried again where that can help.
  async #post(entries) {
    if (!entries.length) return null;
    const body = JSON.stringify({ entries: entries });
    try {
      const response = await fetch(this.#address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
        body,
        redirect: "manual",
        keepalive: body.length < MOST,
      });
      return await this.#heard(response, entries);
    } catch {
      return this.#later();
    }
  }

  async #heard(response, entries) {
    if (response.ok) {
      const said = await response.json();
      this.#outbox.settle(said.taken);
      return said;
    }
    // What the server can never read must not hold up what follows.
    if ([400, 404, 413].includes(response.status)) this.#outbox.settle(entries.map(({ key }) => key));
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    const { message } = isJson ? await response.json() : {};
    if (response.status === 401) {
      this.#report.say(message);
      return null;
    }
    return this.#later();
  }

  #later() {
    if (!this.#outbox.isEmpty) this.#report.waiting();
    this.schedule(Math.min(2000 * 2 ** this.#failures++, SLOWEST));
    return null;
  }
}
