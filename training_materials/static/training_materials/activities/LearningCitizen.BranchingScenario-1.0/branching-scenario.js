/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  own.BranchingScenario = function (params, contentId, extras) {
    this.scenes = params.scenes || [];
    this.meters = params.meters || [];
    own.Activity.call(this, params, contentId, extras);
  };
  const scenario = (own.BranchingScenario.prototype = Object.create(own.Activity.prototype));

  /**
   * The path is the whole state: the place of the choice taken in each scene, as "0/2/". Walking it again gives the
   * rest. As one text it is merged whole: of two tabs the one that went further on the same way stands.
   */
  scenario.load = function (state) {
    this.path = [];
    this.scene = this.scenes[0];
    this.last = null;
    this.values = {};
    this.meters.forEach((meter) => { this.values[meter.key] = meter.start || 0; });
    String(state.path || "").split("/").filter(Boolean).every((place) => this.take(Number(place)));
    this.isAnswered = this.path.length > 0;
  };

  /** Goes where the choice leads; says whether there was such a choice. */
  scenario.take = function (place) {
    const choice = (this.scene.choices || [])[place];
    if (!choice || this.lacking(choice)) return false;
    (choice.changes || []).forEach((change) => {
      const meter = this.meters.find((one) => one.key === change.meter);
      if (!meter) return;
      const moved = this.values[meter.key] + change.by;
      this.values[meter.key] = Math.max(meter.lowest, Math.min(meter.highest, moved));
    });
    this.path.push(place);
    this.last = choice;
    this.scene = this.scenes.find((scene) => scene.key === choice.next) || this.scene;
    return true;
  };

  /** What a choice asks for and the learner has not reached: the first such need, else undefined. */
  scenario.lacking = function (choice) {
    return (choice.needs || []).find((need) => this.values[need.meter] < need.atLeast);
  };

  scenario.ownState = function () { return { path: this.path.map((place) => `${place}/`).join("") }; };
  scenario.isDone = function () { return !(this.scene.choices || []).length; };
  scenario.getMaxScore = function () {
    return Math.max(0, ...this.scenes.filter((scene) => !(scene.choices || []).length).map((scene) => scene.points || 0));
  };
  scenario.getScore = function () { return this.isDone() ? this.scene.points || 0 : 0; };
  scenario.response = function () { return this.path.join("[,]"); };
  scenario.definition = function () { return { interactionType: "other" }; };

  scenario.choose = function (place) {
    if (!this.take(place)) return;
    this.save();
    this.finishIfOver();
    this.draw(true);
  };

  scenario.draw = function (takesFocus) {
    const title = own.text(this.scene.title);
    const last = this.last;
    this.show([
      this.path.length ? null : own.paragraphs(this.params.introduction, "lc-introduction"),
      last && own.make("div", { class: "lc-reply", tabindex: "-1", "data-focus": true }, [
        own.make("p", { class: "lc-side", text: this.say("youChose", { choice: own.text(last.text) }) }),
        own.paragraphs(last.reply),
      ]),
      this.heading(title, { "data-focus": !last }),
      this.meters.length ? own.make("dl", { class: "lc-meters" }, this.meters.flatMap((meter) => this.meter(meter))) : null,
      own.picture(this.scene.picture, this.contentId),
      own.paragraphs(this.scene.text),
      this.isDone() ? this.ending() : own.make("ul", { class: "lc-choices" }, this.scene.choices.map((choice, place) =>
        own.make("li", {}, [this.choice(choice, place)]))),
      this.path.length ? own.button(this.say("again"), () => this.resetTask(), { class: "lc-button lc-button--quiet" }) : null,
    ], takesFocus);
  };
})(window.LearningCitizen);
