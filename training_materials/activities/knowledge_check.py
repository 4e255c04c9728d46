"""Questions one at a time; each is explained as soon as it is checked, and counts one point when wholly right."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from training_materials.activities.content import (
    Activity,
    Picture,
    Score,
    always,
    once_within,
    pairs,
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
class KnowledgeCheck(Activity):
    questions: tuple[Question, ...]
    introduction: str = ""
    pass_percentage: int = always(60)

    machine_name = "LearningCitizen.KnowledgeCheck"

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
