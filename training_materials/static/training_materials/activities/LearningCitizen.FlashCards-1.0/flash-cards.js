/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  own.FlashCards = function (params, contentId, extras) {
    this.cards = params.cards || [];
    own.Activity.call(this, params, contentId, extras);
  };
  const cards = (own.FlashCards.prototype = Object.create(own.Activity.prototype));

  /** `said` is the whole story: one [card, knew it] for each press; what is left follows from it. */
  cards.load = function (state) {
    this.said = [...(state.said || [])];
    this.isStopped = Boolean(state.isStopped);
    this.waiting = this.cards.map((card, number) => number);
    this.said.forEach(([number, isKnown]) => this.move(number, isKnown));
    this.isTurned = false;
    this.isAnswered = this.said.length > 0;
    this.isFinished = this.isStopped || this.isDone();
  };

  /** A card that is known leaves the pile, one that is not goes beneath it. */
  cards.move = function (number, isKnown) {
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((other) => other !== number);
    if (!isKnown && before > this.waiting.length) this.waiting.push(number);
  };

  cards.getCurrentState = function () { return { said: this.said, isStopped: this.isStopped }; };
  cards.isDone = function () { return this.waiting.length === 0; };
  cards.getMaxScore = function () { return this.cards.length; };
  cards.getScore = function () { return this.cards.length - this.waiting.length; };
  cards.response = function () {
    return this.said.map(([number, isKnown]) => `${number}[.]${isKnown ? 1 : 0}`).join("[,]");
  };
  cards.definition = function () { return { interactionType: "other" }; };

  cards.tell = function (isKnown) {
    const number = this.waiting[0];
    this.said.push([number, isKnown]);
    this.move(number, isKnown);
    this.isTurned = false;
    this.save();
    if (this.isDone()) this.finish();
    this.draw(true);
  };

  cards.stop = function () {
    this.isStopped = true;
    this.save();
    this.finish();
    this.draw(true);
  };

  cards.turn = function () {
    this.isTurned = true;
    this.draw(true);
  };

  cards.draw = function (takesFocus) {
    if (this.isStopped || this.isDone()) return this.drawResult(takesFocus);
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
      this.said.length ? null : own.paragraphs(this.params.introduction, "lc-introduction"),
      this.heading(this.say("left", values)),
      own.make("progress", { class: "lc-progress", max: values.count, value: values.known, "aria-label": this.say("left", values) }),
      face,
      back,
      own.make("div", { class: "lc-row" }, this.isTurned
        ? [own.button(this.say("known"), () => this.tell(true)),
          own.button(this.say("unknown"), () => this.tell(false), { class: "lc-button lc-button--quiet" })]
        : [own.button(this.say("turn"), () => this.turn()),
          this.said.length ? own.button(this.say("stop"), () => this.stop(), { class: "lc-button lc-button--quiet" }) : null]),
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
