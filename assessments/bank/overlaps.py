"""Which questions a quiz shares with others: whose answer practice or placement shows, a graded quiz should not ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assessments.models.bank import Question

_GRADED, _NO_ANSWERS = "graded", "none"
MOST_NAMED = 5


@dataclass(frozen=True)
class Overlap:
    """``prompts``: of the questions that both may ask."""

    quiz_id: int
    title: str
    prompts: list[str]

    @property
    def named(self) -> list[str]:
        return self.prompts[:MOST_NAMED]

    @property
    def more(self) -> int:
        return len(self.prompts) - len(self.named)


def overlaps(quiz: Any) -> list[Overlap]:
    """Of a graded quiz page those published that show answers before, of these the graded ones; as it stands here."""
    others = type(quiz).objects.live().exclude(pk=quiz.pk)
    if quiz.purpose == _GRADED:
        others = others.exclude(purpose=_GRADED).exclude(feedback=_NO_ANSWERS)
    else:
        others = others.none() if quiz.feedback == _NO_ANSWERS else others.filter(purpose=_GRADED)
    askings, own = others.askings(), quiz.asking
    asked = Question.objects.groups() if askings else {}
    own_groups = {pk: group for pk, group in asked.items() if own.may_ask(pk, group)}
    shared = {
        quiz: [question for question, group in own_groups.items() if asking.may_ask(question, group)]
        for quiz, asking in askings.items()
    }
    prompts = Question.objects.prompts(set().union(*shared.values()))
    return [
        Overlap(pk, title, [prompts[question] for question in questions])
        for (title, pk), questions in shared.items()
        if questions
    ]
