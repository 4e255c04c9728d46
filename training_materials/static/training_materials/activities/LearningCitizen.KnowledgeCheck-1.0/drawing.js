/* SPDX-License-Identifier: MIT */

(function (own) {
  "use strict";

  const check = own.KnowledgeCheck.prototype;

  check.drawQuestion = function (takesFocus) {
    const number = this.at;
    const question = this.questions[number];
    const isSettled = Boolean(this.checked[number]);
    const place = { number: number + 1, count: this.questions.length };
    const legend = own.make("legend", { class: "lc-question", text: own.text(question.text) });
    const hint = this.isSingle(number) ? this.say("chooseOne") : this.say("chooseAll");
    const fields = own.make("fieldset", { class: "lc-fields" }, [
      legend,
      own.picture(question.picture, this.contentId),
      isSettled ? null : own.make("p", { class: "lc-hint", text: hint }),
      ...question.answers.map((answer, at) => this.answer(number, answer, at, isSettled)),
    ]);
    const isLast = number + 1 === this.questions.length;
    this.show([
      number === 0 && !isSettled ? own.paragraphs(this.params.introduction, "lc-introduction") : null,
      this.heading(this.say("place", place), { "data-focus": !isSettled }),
      own.make("progress", { class: "lc-progress", max: place.count, value: number + (isSettled ? 1 : 0),
        "aria-label": this.say("place", place) }),
      fields,
      isSettled ? this.verdict(number) : own.button(this.say("check"), () => this.settle(number)),
      isSettled ? own.button(this.say(isLast ? "toResult" : "next"), () => this.goOn()) : null,
    ], takesFocus);
  };

  check.answer = function (number, answer, at, isSettled) {
    const isChosen = (this.chosen[number] || []).includes(at);
    const field = own.make("input", {
      type: this.isSingle(number) ? "radio" : "checkbox",
      name: `lc-${this.contentId}-${number}`,
      disabled: isSettled,
      checked: isChosen,
      change: (event) => this.choose(number, at, event.target.checked),
    });
    const mark = isSettled ? (answer.isRight ? "right" : isChosen ? "wrong" : "") : "";
    return own.make("label", { class: `lc-answer ${mark ? `lc-answer--${mark}` : ""}` }, [
      field,
      own.make("span", {}, [
        own.text(answer.text),
        mark ? own.make("strong", { class: "lc-mark", text: this.say(`${mark}Answer`) }) : null,
        isSettled && isChosen ? own.paragraphs(answer.feedback, "lc-feedback") : null,
      ]),
    ]);
  };

  check.verdict = function (number) {
    const isRight = this.isRight(number);
    return own.make("div", { class: `lc-verdict ${isRight ? "lc-verdict--right" : "lc-verdict--wrong"}`,
      tabindex: "-1", "data-focus": true }, [
      own.make("p", { class: "lc-verdict-word", text: this.say(isRight ? "right" : "wrong") }),
      own.paragraphs(this.questions[number].explanation),
    ]);
  };

  check.drawResult = function (takesFocus) {
    const values = { score: this.getScore(), max: this.getMaxScore() };
    const rows = this.questions.map((question, number) => own.make("li", {}, [
      own.text(question.text),
      own.make("strong", { class: "lc-mark", text: this.say(this.isRight(number) ? "right" : "wrong") }),
      own.button(this.say("lookAgain"), () => this.lookAgain(number), {
        class: "lc-button lc-button--quiet", "aria-label": `${this.say("lookAgain")}: ${own.text(question.text)}` }),
    ]));
    this.show([
      this.heading(this.say("result", values), { "data-focus": true }),
      own.make("p", { class: "lc-text", text: this.say(this.isPassed() ? "passed" : "notPassed") }),
      own.make("ol", { class: "lc-list" }, rows),
      own.button(this.say("again"), () => this.resetTask()),
    ], takesFocus);
  };

  check.lookAgain = function (number) {
    this.at = number;
    this.draw(true);
  };

  // Whoever includes this check shows its key: each question with its right answers, as after checking.
  check.showSolutions = function () {
    this.at = this.questions.length;
    this.draw();
  };
})(window.LearningCitizen);
