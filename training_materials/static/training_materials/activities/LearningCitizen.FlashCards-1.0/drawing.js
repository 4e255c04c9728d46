/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  const cards = own.FlashCards.prototype;

  cards.draw = function (takesFocus) {
    if (this.isOver()) return this.drawResult(takesFocus);
    const card = this.cards[this.waiting[0]];
    const values = { left: this.waiting.length, known: this.getScore(), count: this.cards.length };
    const face = own.make("div", { class: "lc-card", tabindex: "-1", "data-focus": true }, [
      own.make("p", { class: "lc-side", text: this.say("front") }),
      own.picture(card.picture, this.contentId),
      own.paragraphs(card.front, "lc-front"),
    ]);
    const back = this.isTurned && own.make("div", { class: "lc-card lc-card--back", tabindex: "-1", "data-focus": true }, [
      own.make("p", { class: "lc-side", text: this.say("back") }),
      own.paragraphs(card.back),
    ]);
    if (back) face.removeAttribute("data-focus");
    return this.show([
      this.hasBegun() ? null : own.paragraphs(this.params.introduction, "lc-introduction"),
      this.heading(this.say("left", values)),
      own.make("progress", { class: "lc-progress", max: values.count, value: values.known, "aria-label": this.say("left", values) }),
      face,
      back,
      own.make("div", { class: "lc-row" }, this.isTurned
        ? [own.button(this.say("known"), () => this.tell(true)),
          own.button(this.say("unknown"), () => this.tell(false), { class: "lc-button lc-button--quiet" })]
        : [own.button(this.say("turn"), () => this.turn()),
          this.hasBegun() ? own.button(this.say("stop"), () => this.stop(), { class: "lc-button lc-button--quiet" }) : null]),
    ], takesFocus);
  };

  cards.drawResult = function (takesFocus) {
    const values = { known: this.getScore(), count: this.getMaxScore() };
    this.show([
      this.heading(this.say("result", values), { "data-focus": true }),
      own.make("dl", { class: "lc-list" }, this.cards.flatMap((card) => [
        own.make("dt", { text: own.text(card.front) }),
        own.make("dd", { text: own.text(card.back) }),
      ])),
      own.button(this.say("again"), () => this.resetTask()),
    ], takesFocus);
  };
})(window.LearningCitizen);
