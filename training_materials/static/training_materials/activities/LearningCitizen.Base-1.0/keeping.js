/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  const shared = own.Activity.prototype;

  /** The whole state: what the type keeps, and with which score it was reported, null if it was not. */
  shared.getCurrentState = function () { return { ...this.ownState(), told: this.told }; };

  shared.restore = function (state) {
    this.load(state);
    this.told = this.isOver() && typeof state.told === "number" ? state.told : null;
  };

  /** Keeps the state at once, not only each few seconds as hosts do: the tab may close at any moment. */
  shared.save = function () {
    this.isAnswered = true;
    const isKept = window.H5PIntegration && H5PIntegration.saveFreq;
    if (isKept && this.contentId && this.isRoot && this.isRoot()) {
      H5P.setUserData(this.contentId, "state", this.getCurrentState(), { deleteOnChange: true });
    }
  };

  /** A type may be over before all of it is done. */
  shared.isOver = function () { return this.isDone(); };

  /**
   * Reports the result once for each time through; again only if it has become more, since two tabs may have done a
   * part each: whichever shows the whole first reports it.
   */
  shared.finishIfOver = function () {
    if (!this.isOver() || (this.told !== null && this.told >= this.getScore())) return;
    this.told = this.getScore();
    this.trigger(this.statement());
    this.save();
  };

  /** A host merged in what another tab or device did: it is shown, and the focus stays within. */
  shared.takeState = function (state) {
    const hasFocus = this.root.contains(document.activeElement);
    const lookBack = this.look();
    this.restore(state);
    lookBack();
    this.draw(hasFocus);
    this.finishIfOver();
  };

  /** What the learner looks at, to be restored by the function that it gives. */
  shared.look = function () { return () => {}; };
})(window.LearningCitizen);
