"""Questions of practice: what is asked and what stands to choose, never the key or its explanation.

One stands for each question in use that published practice may ask, and leads to that practice. Who has no account
cannot open practice, and does not find its questions either.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from assessments.models import Question, QuizPage
from search.contract import QUESTION
from search.sources.pages import closing_conditions
from search.sources.registry import Description, Source, register

LONGEST_TITLE = 300


def register_questions() -> None:
    register(Source("question", Question, describe, beneath=_beneath))


def describe(question: Question) -> Description | None:
    """By the first practice that may ask it and is not closed by a password or under something unpublished."""
    if question.current is None or question.retired_at is not None:
        return None
    for quiz in QuizPage.objects.of_practice(timezone.now()).that_may_ask(question).order_by("path"):
        conditions = closing_conditions(quiz)
        if conditions is not None:
            return Description(
                kind=QUESTION,
                url=quiz.get_url() or "",
                title=question.current.prompt,
                summary=quiz.title,
                body="\n".join([*_rest_of(question.current.prompt), *question.current.parsed.offered()]),
                beside=f"{question.topic.name} · {quiz.course.title}",
                conditions=["login", *conditions],
                path=quiz.path,
                topics=[question.topic.slug],
                audiences=[question.audience],
            )
    return None


def _rest_of(prompt: str) -> list[str]:
    """A prompt may be longer than a title."""
    return [prompt] if len(prompt) > LONGEST_TITLE else []


def _beneath(path: str) -> Iterable[object]:
    practice = QuizPage.objects.of_practice(timezone.now()).filter(path__startswith=path)
    return Question.objects.asked_by(practice).order_by("pk").values_list("pk", flat=True)
