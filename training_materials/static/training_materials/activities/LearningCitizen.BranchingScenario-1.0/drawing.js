/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  const scenario = own.BranchingScenario.prototype;

  scenario.meter = function (meter) {
    const value = this.values[meter.key];
    const label = own.text(meter.label);
    return [
      own.make("dt", { text: label }),
      own.make("dd", {}, [
        own.make("meter", { min: meter.lowest, max: meter.highest, value: value, "aria-label": label }),
        own.make("span", { text: this.say("meter", { value: value, highest: meter.highest }) }),
      ]),
    ];
  };

  /** A choice that is still closed stays in sight and says what it asks for. */
  scenario.choice = function (choice, place) {
    const need = this.lacking(choice);
    const meter = need && this.meters.find((one) => one.key === need.meter);
    const button = own.button(own.text(choice.text), () => this.choose(place), {
      class: "lc-button lc-button--choice",
      "aria-disabled": need ? "true" : false,
    });
    if (need) {
      const values = { meter: own.text(meter ? meter.label : need.meter), least: need.atLeast };
      button.append(own.make("span", { class: "lc-need", text: this.say("needs", values) }));
    }
    return button;
  };

  scenario.ending = function () {
    const values = { score: this.getScore(), max: this.getMaxScore() };
    return own.make("div", { class: `lc-verdict ${this.isPassed() ? "lc-verdict--right" : "lc-verdict--wrong"}` }, [
      own.make("p", { class: "lc-verdict-word", text: this.say("ending", values) }),
      own.make("p", { text: this.say(this.isPassed() ? "passed" : "notPassed") }),
    ]);
  };
})(window.LearningCitizen);
