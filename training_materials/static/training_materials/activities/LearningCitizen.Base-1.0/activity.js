/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  /**
   * What every activity of ours shares: a root that is drawn anew from the state, words, reporting; keeping.js: saving.
   * A type gives: draw(), load(state), ownState(), isDone(), getScore(), getMaxScore(), response(), definition().
   */
  own.Activity = function (params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.contentId = contentId;
    this.subContentId = extras && extras.subContentId;
    this.title = own.text((extras && extras.metadata && extras.metadata.title) || "");
    this.isAnswered = false;
    this.root = own.make("div", { class: "lc-activity" });
    this.note = own.make("p", { class: "lc-note", role: "status" });
    this.restore((extras && extras.previousState) || {});
  };

  const shared = own.Activity.prototype;

  shared.attach = function ($container) {
    const container = $container.get ? $container.get(0) : $container;
    container.classList.add("lc-container");
    container.append(this.root, this.note);
    this.draw();
    if (this.setActivityStarted) this.setActivityStarted();
    this.finishIfOver();
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
    if (next) this.lead(next);
    this.trigger("resize");
  };

  /**
   * To the node with focus and sight. The frame around grows a moment after its content: scrolled before that, what is
   * in it would jump back under the thumb, and a tap would miss.
   */
  shared.lead = function (node) {
    node.focus({ preventScroll: true });
    if (document.documentElement.scrollHeight <= window.innerHeight) return node.scrollIntoView({ block: "nearest" });
    const late = setTimeout(() => node.scrollIntoView({ block: "nearest" }), 500);
    window.addEventListener("resize", () => {
      clearTimeout(late);
      node.scrollIntoView({ block: "nearest" });
    }, { once: true });
  };

  shared.heading = function (text, attributes) {
    return own.make("h2", { class: "lc-heading", tabindex: "-1", text: text, ...attributes });
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
    this.restore({});
    this.save();
    this.isAnswered = false;
    this.draw(true);
  };
})(window.LearningCitizen);
