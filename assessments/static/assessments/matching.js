// What belongs together is joined by two presses, one on the left and one on the right; the same again parts it. The
// select boxes, which do it without script, hold the answer still.

import { boxOf, make, rowsOf, speaker } from "./rows.js";

const isByKeyboard = (event) => event.detail === 0;

function side(label, texts, lang) {
  const made = make("ul", { className: "pairing__side" });
  made.setAttribute("role", "list");
  made.setAttribute("aria-label", label);
  for (const textContent of texts) {
    const button = make("button", { type: "button", className: "pairing__part" });
    button.append(make("span", { textContent, lang }), make("span", { className: "pairing__state" }));
    make("li", {}, made).append(button);
  }
  return made;
}

class Pairs {
  #words;
  #boxes;
  #lefts;
  #rights;
  #texts; // of the right side
  #chosen = null;
  #say;

  constructor(list) {
    const labels = [...list.querySelectorAll("label")];
    const board = make("div", { className: "pairing" });
    this.#words = list.dataset;
    this.#boxes = rowsOf(list).map(boxOf);
    this.#texts = [...this.#boxes[0].options].slice(1).map((option) => option.textContent.trim());
    board.append(
      side(this.#words.left, labels.map((label) => label.textContent.trim()), labels[0].lang),
      side(this.#words.right, this.#texts, labels[0].lang),
    );
    [this.#lefts, this.#rights] = [...board.children].map((one) => [...one.querySelectorAll("button")]);
    this.#lefts.forEach((left, row) => left.addEventListener("click", (event) => this.#choose(row, event)));
    this.#rights.forEach((right, place) => right.addEventListener("click", (event) => this.#join(place, event)));
    this.#say = speaker(list);
    list.after(board);
    list.hidden = true;
  }

  draw() {
    const partners = this.#boxes.map((box) => (box.value === "" ? null : Number(box.value)));
    this.#lefts.forEach((left, row) => {
      const partner = partners[row];
      left.setAttribute("aria-pressed", row === this.#chosen);
      left.classList.toggle("is-joined", partner !== null);
      left.lastChild.textContent = partner === null ? this.#words.none : `→ ${this.#texts[partner]}`;
    });
    this.#rights.forEach((right, place) => {
      const used = partners.flatMap((partner, row) => (partner === place ? [row + 1] : []));
      right.classList.toggle("is-joined", used.length > 0);
      right.lastChild.textContent = used.length ? this.#words.used.replace("{numbers}", used.join(", ")) : "";
    });
  }

  #choose(row, event) {
    this.#chosen = this.#chosen === row ? null : row;
    this.draw();
    if (this.#chosen === null) return;
    this.#say(this.#words.choose.replace("{item}", this.#nameOf(row)));
    if (isByKeyboard(event)) this.#rights[0].focus();
  }

  #join(place, event) {
    const row = this.#chosen;
    if (row === null) return this.#say(this.#words.first);
    const box = this.#boxes[row];
    const isParted = box.value === String(place);
    box.value = isParted ? "" : String(place);
    this.#chosen = null;
    this.draw();
    const words = isParted ? this.#words.parted : this.#words.joined;
    this.#say(words.replace("{item}", this.#nameOf(row)).replace("{partner}", this.#texts[place]));
    box.dispatchEvent(new Event("quiz:moved", { bubbles: true }));
    const next = this.#boxes.findIndex((other) => other.value === "");
    if (isByKeyboard(event)) this.#lefts[next < 0 ? row : next].focus();
  }

  #nameOf(row) {
    return this.#lefts[row].firstChild.textContent;
  }
}

export function enhanceMatching(form) {
  for (const list of form.querySelectorAll("[data-matching]")) {
    const pairs = new Pairs(list);
    list.closest("[data-question]").addEventListener("quiz:written", () => pairs.draw());
    pairs.draw();
  }
}
