/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  const hotspots = own.HotspotPicture.prototype;

  hotspots.draw = function (takesFocus) {
    const isSearching = this.isSearch && !this.isChecked;
    const values = { score: this.getScore(), max: this.getMaxScore(), opened: this.chosen.length, count: this.spots.length };
    const key = this.isSearch ? (this.isChecked ? "found" : "find") : this.isDone() ? "allOpened" : "opened";
    const isResult = this.isSearch && this.isChecked && this.open === null;
    this.show([
      this.open === null && !this.isChecked ? own.paragraphs(this.params.introduction, "lc-introduction") : null,
      this.heading(this.say(key, values), { "data-focus": isResult }),
      this.isSearch ? own.paragraphs(this.params.question, "lc-question") : null,
      this.board(),
      this.open === null ? null : this.panel(this.open),
      own.make("ol", { class: "lc-spots" }, this.spots.map((spot, number) => own.make("li", {}, [this.line(spot, number)]))),
      isSearching ? own.button(this.say("check"), () => this.settle()) : null,
      this.isDone() ? own.button(this.say("again"), () => this.resetTask(), { class: "lc-button lc-button--quiet" }) : null,
    ], takesFocus);
  };

  /** The picture with a numbered pin on each spot; the list beneath has the same buttons, with their names. */
  hotspots.board = function () {
    const picture = own.picture(this.params.picture, this.contentId);
    const pins = this.spots.map((spot, number) => {
      const pin = own.button(String(number + 1), () => this.press(number), {
        class: this.classOf("lc-pin", number), "aria-label": this.labelOf(number), ...this.stateOf(number), "data-spot": number });
      pin.style.left = `${spot.x}%`;
      pin.style.top = `${spot.y}%`;
      return pin;
    });
    return own.make("div", { class: "lc-board" }, [picture, ...pins]);
  };

  hotspots.line = function (spot, number) {
    const isShown = this.isSearch && this.isChecked;
    const word = isShown && (spot.isTarget ? this.say("target") : this.chosen.includes(number) ? this.say("noTarget") : "");
    return own.make("button", { type: "button", class: this.classOf("lc-button lc-button--spot", number),
      click: () => this.press(number), ...this.stateOf(number), "data-spot": number }, [
      own.make("span", { class: "lc-number", "aria-hidden": "true", text: String(number + 1) }),
      own.make("span", { text: own.text(spot.label) }),
      word ? own.make("strong", { class: "lc-mark", text: word }) : null,
      !this.isSearch && this.chosen.includes(number) ? own.make("span", { class: "lc-mark", text: this.say("seen") }) : null,
    ]);
  };

  hotspots.stateOf = function (number) {
    if (this.isSearch && !this.isChecked) return { "aria-pressed": String(this.chosen.includes(number)) };
    return { "aria-expanded": String(this.open === number) };
  };

  hotspots.labelOf = function (number) {
    return `${number + 1}. ${own.text(this.spots[number].label)}`;
  };

  hotspots.classOf = function (base, number) {
    const isShown = this.isSearch && this.isChecked;
    const isTarget = isShown && this.spots[number].isTarget;
    return [base, this.chosen.includes(number) && "lc-is-chosen", this.open === number && "lc-is-open",
      isTarget && "lc-is-target"].filter(Boolean).join(" ");
  };

  /** Marks what is picked without drawing anew, so that the focus stays where the thumb or the keyboard is. */
  hotspots.mark = function () {
    this.note.textContent = "";
    this.root.querySelectorAll("[data-spot]").forEach((node) => {
      const isChosen = this.chosen.includes(Number(node.dataset.spot));
      node.classList.toggle("lc-is-chosen", isChosen);
      node.setAttribute("aria-pressed", String(isChosen));
    });
  };

  hotspots.panel = function (number) {
    const spot = this.spots[number];
    return own.make("div", { class: "lc-reply", tabindex: "-1", "data-focus": true }, [
      own.make("h3", { text: this.labelOf(number) }),
      own.paragraphs(spot.text),
    ]);
  };
})(window.LearningCitizen);
