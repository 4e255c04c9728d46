/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  own.KnowledgeCheck = function (params, contentId, extras) {
    this.questions = params.questions || [];
    own.Activity.call(this, params, contentId, extras);
  };
  const check = (own.KnowledgeCheck.prototype = Object.create(own.Activity.prototype));

  check.load = function (state) {
    this.checked = { ...(state.checked || {}) }; // by question, the places that were chosen when it was settled
    this.chosen = { ...(state.chosen || {}), ...this.checked }; // by question, the places of the answers chosen
    this.at = this.questions.findIndex((question, number) => !this.checked[number]);
    if (this.at < 0) this.at = this.questions.length;
    this.isAnswered = Object.keys(this.chosen).length > 0;
  };

  /** Who reads an explanation goes on reading it, whatever another tab settled. */
  check.look = function () {
    const at = this.at;
    return () => { if (at < this.questions.length || this.isDone()) this.at = at; };
  };

  check.ownState = function () { return { chosen: this.chosen, checked: this.checked }; };
  check.isDone = function () { return this.questions.every((question, number) => this.checked[number]); };
  check.getMaxScore = function () { return this.questions.length; };
  check.getScore = function () {
    return this.questions.filter((question, number) => this.checked[number] && this.isRight(number)).length;
  };

  check.rightOnes = function (number) {
    return this.questions[number].answers.map((answer, place) => (answer.isRight ? place : -1)).filter((at) => at >= 0);
  };
  check.isRight = function (number) {
    return own.sorted(this.chosen[number]).join() === this.rightOnes(number).join();
  };
  own.sorted = (places) => [...(places || [])].sort((one, other) => one - other);

  check.draw = function (takesFocus) {
    if (this.at >= this.questions.length) this.drawResult(takesFocus);
    else this.drawQuestion(takesFocus);
  };

  check.choose = function (number, place, isOn) {
    const before = this.isSingle(number) ? [] : (this.chosen[number] || []).filter((other) => other !== place);
    this.chosen[number] = isOn ? own.sorted([...before, place]) : before;
    this.note.textContent = "";
    this.save();
  };
  check.isSingle = function (number) { return this.rightOnes(number).length === 1; };

  check.settle = function (number) {
    if (!(this.chosen[number] || []).length) {
      this.note.textContent = this.say("chooseFirst");
      return;
    }
    this.checked[number] = this.chosen[number];
    this.save();
    this.finishIfOver();
    this.draw(true);
  };

  check.goOn = function () {
    this.at += 1;
    this.draw(true);
  };

  check.response = function () {
    return this.questions.map((question, number) => this.checked[number] ? this.chosen[number] : [])
      .flatMap((places, number) => places.map((place) => `${number}[.]${place}`)).join("[,]");
  };
  check.definition = function () { return { interactionType: "other" }; };

  check.children = function () {
    return this.questions.map((question, number) => {
      const event = this.createXAPIEventTemplate("answered");
      const score = this.checked[number] && this.isRight(number) ? 1 : 0;
      event.setScoredResult(score, 1, undefined, Boolean(this.checked[number]), score === 1);
      const statement = event.data.statement;
      statement.result.response = (this.checked[number] ? this.chosen[number] : []).join("[,]");
      statement.object = {
        id: `${statement.object.id || ""}#question-${number}`,
        definition: {
          type: "http://adlnet.gov/expapi/activities/cmi.interaction",
          interactionType: "choice",
          description: { vi: own.text(question.text) },
          choices: question.answers.map((answer, at) => ({ id: String(at), description: { vi: own.text(answer.text) } })),
          correctResponsesPattern: [this.rightOnes(number).join("[,]")],
        },
      };
      return { statement };
    });
  };
})(window.LearningCitizen);
