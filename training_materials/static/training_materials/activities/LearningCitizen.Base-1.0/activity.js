/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  /**
   * What every activity of ours shares: a root that is drawn anew from the state, words, saving, reporting.
   * A type gives: draw(), load(state), getCurrentState(), getScore(), getMaxScore(), response(), definition().
   */
  own.Activity = function (params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.contentId = contentId;
    this.subContentId = extras && extras.subContentId;
    this.title = own.text((extras && extras.metadata && extras.metadata.title) || "");
    this.isAnswered = false;
    this.isFinished = false;
    this.root = own.make("div", { class: "lc-activity" });
    this.note = own.make("p", { class: "lc-note", role: "status" });
    this.load((extras && extras.previousState) || {});
  };

  const shared = own.Activity.prototype;

  shared.attach = function ($container) {
    const container = $container.get ? $container.get(0) : $container;
    container.classList.add("lc-container");
    container.append(this.root, this.note);
    this.draw();
    if (this.setActivityStarted) this.setActivityStarted();
    // Pictures and style sheets that come late change the height: the frame around must follow.
    if (window.ResizeObserver) new ResizeObserver(() => this.trigger("resize")).observe(this.root);
  };

  shared.say = function (key, values) {
    return own.fill((this.params.words || {})[key], values || {});
  };

  /** Shows these nodes; the one marked with data-focus takes the focus, so that it is read aloud next. */
  shared.show = function (nodes, takesFocus) {
    this.root.replaceChildren(...nodes.filter(Boolean));
    this.note.textContent = "";
    const next = takesFocus && this.root.querySelector("[data-focus]");
    if (next) next.focus();
    this.trigger("resize");
  };

  shared.heading = function (text, attributes) {
    return own.make("h2", { class: "lc-heading", tabindex: "-1", text: text, ...attributes });
  };

  /** Keeps the state at once, not only each few seconds as hosts do: the tab may close at any moment. */
  shared.save = function () {
    this.isAnswered = true;
    const isKept = window.H5PIntegration && H5PIntegration.saveFreq;
    if (isKept && this.contentId && this.isRoot && this.isRoot()) {
      H5P.setUserData(this.contentId, "state", this.getCurrentState(), { deleteOnChange: true });
    }
  };

  /** Reports the result, once for each time through. */
  shared.finish = function () {
    if (this.isFinished) return;
    this.isFinished = true;
    this.trigger(this.statement());
  };

  shared.statement = function () {
    const event = this.createXAPIEventTemplate("completed");
    event.setScoredResult(this.getScore(), this.getMaxScore(), this, this.isDone(), this.isPassed());
    const statement = event.data.statement;
    statement.result.response = this.response();
    const definition = { type: "http://adlnet.gov/expapi/activities/cmi.interaction", ...this.definition() };
    statement.object.definition = { ...(statement.object.definition || {}), ...definition };
    return event;
  };

  shared.isPassed = function () {
    const least = this.params.passPercentage;
    return typeof least === "number" ? this.getScore() * 100 >= least * this.getMaxScore() : this.isDone();
  };

  // The contract of question types; scores and states are each type's own.
  shared.getTitle = function () { return this.title; };
  shared.getAnswerGiven = function () { return this.isAnswered; };
  shared.getXAPIData = function () { return { statement: this.statement().data.statement, children: this.children() }; };
  shared.children = function () { return []; };
  shared.showSolutions = function () { this.draw(); };
  shared.resetTask = function () {
    this.load({});
    this.isFinished = false;
    this.save();
    this.isAnswered = false;
    this.draw(true);
  };
})(window.LearningCitizen);
