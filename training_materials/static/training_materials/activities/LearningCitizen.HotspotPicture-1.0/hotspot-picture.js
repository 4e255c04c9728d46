/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  own.HotspotPicture = function (params, contentId, extras) {
    this.spots = params.spots || [];
    this.isSearch = params.mode === "find";
    own.Activity.call(this, params, contentId, extras);
  };
  const hotspots = (own.HotspotPicture.prototype = Object.create(own.Activity.prototype));

  /** `chosen` by spot: opened (exploring) or picked (finding), so that hosts can merge what two tabs did. */
  hotspots.load = function (state) {
    const kept = state.chosen || {};
    this.chosen = this.spots.map((spot, number) => number).filter((number) => kept[number]);
    this.isChecked = Boolean(state.isChecked);
    this.open = null;
    this.isAnswered = this.chosen.length > 0;
  };

  hotspots.look = function () {
    const open = this.open;
    return () => { this.open = this.isSearch && !this.isChecked ? null : open; };
  };

  hotspots.ownState = function () {
    return { chosen: Object.fromEntries(this.chosen.map((number) => [number, true])), isChecked: this.isChecked };
  };
  hotspots.isDone = function () {
    return this.isSearch ? this.isChecked : this.chosen.length === this.spots.length;
  };
  hotspots.getMaxScore = function () {
    return this.isSearch ? this.spots.filter((spot) => spot.isTarget).length : this.spots.length;
  };
  hotspots.getScore = function () {
    if (!this.isSearch) return this.chosen.length;
    if (!this.isChecked) return 0;
    const right = this.chosen.filter((number) => this.spots[number].isTarget).length;
    return Math.max(0, right - (this.chosen.length - right));
  };
  hotspots.response = function () { return own.ascending(this.chosen).join("[,]"); };
  own.ascending = (numbers) => [...numbers].sort((one, other) => one - other);

  hotspots.definition = function () {
    const choices = this.spots.map((spot, number) => ({ id: String(number), description: { vi: own.text(spot.label) } }));
    const right = choices.filter((choice, number) => !this.isSearch || this.spots[number].isTarget);
    return {
      interactionType: "choice",
      choices: choices,
      correctResponsesPattern: [right.map((choice) => choice.id).join("[,]")],
    };
  };

  hotspots.press = function (number) {
    if (this.isSearch && !this.isChecked) {
      const isPicked = this.chosen.includes(number);
      this.chosen = isPicked ? this.chosen.filter((other) => other !== number) : [...this.chosen, number];
      this.save();
      this.mark();
      return;
    }
    this.open = number;
    if (!this.isSearch && !this.chosen.includes(number)) {
      this.chosen.push(number);
      this.save();
      this.finishIfOver();
    }
    this.draw(true);
  };

  hotspots.settle = function () {
    if (!this.chosen.length) {
      this.note.textContent = this.say("chooseFirst");
      return;
    }
    this.isChecked = true;
    this.save();
    this.finishIfOver();
    this.draw(true);
  };

  hotspots.showSolutions = function () {
    this.isChecked = this.isChecked || this.isSearch;
    this.draw();
  };
})(window.LearningCitizen);
