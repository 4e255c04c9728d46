/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  own.FlashCards = function (params, contentId, extras) {
    this.cards = params.cards || [];
    own.Activity.call(this, params, contentId, extras);
  };
  const cards = (own.FlashCards.prototype = Object.create(own.Activity.prototype));

  /**
   * By card: `known` those that were known, `later` the turn in which one went beneath the pile. What two tabs did in
   * them adds up, so the pile is the same whoever merges it.
   */
  cards.load = function (state) {
    this.known = { ...(state.known || {}) };
    this.later = { ...(state.later || {}) };
    this.isStopped = Boolean(state.isStopped);
    this.isTurned = false;
    this.isAnswered = this.hasBegun();
    this.pile();
  };

  /** A card that is known leaves the pile, one that is not goes beneath it. */
  cards.pile = function () {
    const turn = (number) => this.later[number] || 0;
    this.waiting = this.cards.map((card, number) => number).filter((number) => !this.known[number]);
    this.waiting.sort((one, other) => turn(one) - turn(other) || one - other);
  };

  cards.hasBegun = function () { return Object.keys({ ...this.known, ...this.later }).length > 0; };
  cards.ownState = function () { return { known: this.known, later: this.later, isStopped: this.isStopped }; };
  cards.isDone = function () { return this.waiting.length === 0; };
  cards.isOver = function () { return this.isStopped || this.isDone(); };
  cards.getMaxScore = function () { return this.cards.length; };
  cards.getScore = function () { return this.cards.length - this.waiting.length; };
  cards.response = function () {
    const said = this.cards.map((card, number) => number).filter((number) => this.known[number] || this.later[number]);
    return said.map((number) => `${number}[.]${this.known[number] ? 1 : 0}`).join("[,]");
  };
  cards.definition = function () { return { interactionType: "other" }; };

  cards.tell = function (isKnown) {
    const number = this.waiting[0];
    if (isKnown) this.known[number] = true;
    else this.later[number] = 1 + Math.max(0, ...Object.values(this.later));
    this.pile();
    this.isTurned = false;
    this.save();
    this.finishIfOver();
    this.draw(true);
  };

  cards.stop = function () {
    this.isStopped = true;
    this.save();
    this.finishIfOver();
    this.draw(true);
  };

  cards.look = function () {
    const [top] = this.waiting;
    const isTurned = this.isTurned;
    return () => { this.isTurned = isTurned && this.waiting[0] === top; };
  };

  cards.turn = function () {
    this.isTurned = true;
    this.draw(true);
  };
})(window.LearningCitizen);
