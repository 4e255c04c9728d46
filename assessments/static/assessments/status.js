// One line that says what is saved, and what to do if it is not. Its words come with the page, translated.

export class Status {
  #line;
  #signIn;

  constructor(form) {
    this.#line = form.querySelector("[data-status]");
    this.#signIn = form.querySelector("[data-sign-in]");
  }

  say(text) {
    this.#signIn.hidden = true;
    if (this.#line.textContent !== text) this.#line.textContent = text;
  }

  ready() {
    this.say(this.#line.dataset.ready);
  }

  saving() {
    if (!this.#line.dataset.isWaiting) this.say(this.#line.dataset.saving);
  }

  saved(time) {
    delete this.#line.dataset.isWaiting;
    this.say(this.#line.dataset.saved.replace("{time}", time));
  }

  waiting(kept) {
    const numbers = kept.map(({ position }) => position).sort((a, b) => a - b);
    this.#line.dataset.isWaiting = "yes";
    this.say(this.#line.dataset.waiting.replace("{numbers}", numbers.join(", ")));
  }

  // Beside each question: whether the server has its answer.
  mark(question, isSaved) {
    let line = question.querySelector("[data-state]");
    if (!line) {
      line = document.createElement("p");
      line.className = "meta";
      line.dataset.state = "";
      question.append(line);
    }
    line.textContent = isSaved ? this.#line.dataset.answerSaved : this.#line.dataset.answerWaiting;
  }

  reload() {
    this.say(this.#line.dataset.reload);
  }

  signedOut(message) {
    this.say(message);
    this.#signIn.hidden = false;
    return false;
  }
}
