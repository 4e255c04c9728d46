// Signing out while answers wait on this device: they are sent first. What cannot be sent is told, and the person
// chooses. Should the network come back meanwhile, the answers are sent and signing out goes on.

import { send, waiting } from "./waiting.js";

const LONGEST = 6000;
const NOT_WORTH_SHOWING = 700;

// Resolves to whether the person still wants to sign out by this form.
export async function mayLeave(form) {
  const { length } = await waiting();
  return !length || new Promise((resume) => new Leaving(form, resume).begin(length));
}

class Leaving {
  #dialog = document.querySelector("#leaving");
  #form;
  #resume;
  #isOver = false;
  #knowsOfNoNetwork = false;

  constructor(form, resume) {
    this.#form = form;
    this.#resume = resume;
  }

  begin(count) {
    this.#dialog.onclose = () => this.#end(false); // by the Escape key
    this.#dialog.onsubmit = (event) => this.#onPress(event);
    addEventListener("online", this.#trySending);
    setTimeout(() => this.#dialog.open || this.#say("sending", count), NOT_WORTH_SHOWING);
    this.#trySending();
  }

  #trySending = async () => {
    await atMost(waiting().then(send));
    const { length } = await waiting();
    if (length) this.#say("waiting", length);
    else this.#end(true);
  };

  async #onPress(event) {
    event.preventDefault();
    if (event.submitter.value === "stay") return this.#end(false);
    if (this.#knowsOfNoNetwork || (await atMost(isThere(this.#form.action)))) return this.#end(true);
    this.#knowsOfNoNetwork = true; // whoever presses again may know better
    this.#say("away");
  }

  #say(line, count) {
    if (this.#isOver) return;
    const text = this.#dialog.querySelector("[role=status]");
    text.textContent = text.dataset[line].replace("{count}", count);
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  #end(isLeaving) {
    this.#isOver = true;
    removeEventListener("online", this.#trySending);
    this.#dialog.onclose = null;
    this.#dialog.close();
    this.#resume(isLeaving);
  }
}

const atMost = (promise) => Promise.race([promise, new Promise((resume) => setTimeout(resume, LONGEST))]);

const isThere = (address) =>
  fetch(address, { method: "HEAD" }).then(
    () => true,
    () => false,
  );
