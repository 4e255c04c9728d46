"""Questions one at a time; each is explained as soon as it is checked, and counts one point when wholly right."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from training_materials.activities.content import (
    Params,
    Picture,
    Score,
    escaped,
    once_within,
    pairs,
    picture_params,
    plain,
    with_optional,
)


@dataclass(frozen=True)
class Answer:
    text: str
    is_right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    text: str
    answers: tuple[Answer, ...]
    explanation: str = ""
    picture: Picture | None = None

    @property
    def right(self) -> set[int]:
        return {place for place, answer in enumerate(self.answers) if answer.is_right}


@dataclass(frozen=True)
class KnowledgeCheck:
    questions: tuple[Question, ...]
    introduction: str = ""
    pass_percentage: int = 60

    machine_name = "LearningCitizen.KnowledgeCheck"

    def params(self) -> dict[str, Any]:
        questions = [_question_params(question) for question in self.questions]
        own = {"questions": questions, "passPercentage": self.pass_percentage}
        return with_optional(own, introduction=escaped(self.introduction))

    @classmethod
    def read(cls, params: Params) -> "KnowledgeCheck":
        questions = tuple(_read_question(question) for question in params.get("questions", []))
        return cls(questions, plain(params.get("introduction")), int(params.get("passPercentage", 60)))

    @property
    def is_empty(self) -> bool:
        return not self.questions

    def problems(self) -> list[str]:
        return [
            _("Question %(number)d: mark at least one answer as right, and leave at least one that is not.")
            % {"number": number}
            for number, question in enumerate(self.questions, start=1)
            if not 0 < len(question.right) < len(question.answers)
        ]

    def score(self, response: str) -> Score:
        """From ``question[.]answer`` for each answer chosen. Raises UnreadableResponseError."""
        chosen: dict[int, list[int]] = defaultdict(list)
        for number, place in pairs(response):
            chosen[number].append(place)
        once_within(list(chosen), len(self.questions))
        raw = sum(
            once_within(places, len(self.questions[number].answers)) == self.questions[number].right
            for number, places in chosen.items()
        )
        return Score(raw, len(self.questions))


def _question_params(question: Question) -> dict[str, Any]:
    answers = [
        with_optional({"text": escaped(answer.text), "isRight": answer.is_right}, feedback=escaped(answer.feedback))
        for answer in question.answers
    ]
    own = {"text": escaped(question.text), "answers": answers}
    return with_optional(own, explanation=escaped(question.explanation), picture=picture_params(question.picture))


def _read_question(params: Params) -> Question:
    answers = tuple(
        Answer(plain(answer.get("text")), bool(answer.get("isRight")), plain(answer.get("feedback")))
        for answer in params.get("answers", [])
    )
    picture = Picture.read(params.get("picture"))
    return Question(plain(params.get("text")), answers, plain(params.get("explanation")), picture)
