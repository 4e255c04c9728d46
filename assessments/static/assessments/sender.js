// Sends what the queue holds, one request at a time, and tries again until the server has confirmed it.

const SLOWEST = 60_000;

export function csrfToken(form) {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
}

export class Sender {
  #form;
  #queue;
  #status;
  #onStored;
  #timer = 0;
  #failures = 0;
  #sending = null;

  constructor(form, queue, status, onStored) {
    this.#form = form;
    this.#queue = queue;
    this.#status = status;
    this.#onStored = onStored;
    addEventListener("online", () => this.schedule(0));
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => !document.hidden && this.schedule(0));
  }

  schedule(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delay);
  }

  // Resolves to whether everything is confirmed.
  async flush() {
    await this.#sending;
    const batch = this.#queue.all();
    if (!batch.length) return true;
    this.#status.saving();
    this.#sending = this.#send(batch).finally(() => (this.#sending = null));
    return (await this.#sending) && !this.#queue.size;
  }

  async #send(answers) {
    let response;
    try {
      response = await fetch(this.#form.dataset.answers, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(this.#form) },
        body: JSON.stringify({ answers }),
        redirect: "manual",
        keepalive: true,
      });
    } catch {
      return this.#later();
    }
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    return this.#take(response.status, isJson ? await response.json() : {}, answers);
  }

  async #take(status, said, answers) {
    if (status === 200 && said.answers) return this.#confirmed(said);
    if (status === 400 && answers.length > 1) return this.#oneByOne(answers);
    if (status === 401) return this.#status.signedOut(said.message);
    if (status === 429) return this.#later(said.retry_after * 1000);
    if (status >= 500 || status === 200) return this.#later();
    if (status === 409) {
      this.#queue.clear();
      location.assign(said.attempt);
    } else if (status === 400 && said.message) {
      answers.forEach(({ position, sequence }) => this.#queue.settle(position, sequence));
      this.#status.say(said.message);
    } else this.#status.reload();
    return false;
  }

  // One of them cannot be read: the others must not suffer for it.
  async #oneByOne(answers) {
    for (const answer of answers) await this.#send([answer]);
    return !this.#queue.size;
  }

  #confirmed(said) {
    this.#failures = 0;
    said.answers.forEach(this.#onStored);
    if (this.#queue.size) this.schedule(0);
    else this.#status.saved(said.saved_at);
    return true;
  }

  #later(delay = Math.min(2000 * 2 ** this.#failures++, SLOWEST)) {
    this.#status.waiting(this.#queue.size);
    this.schedule(delay);
    return false;
  }
}
