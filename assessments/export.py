"""What a person takes along of their quizzes: what was asked and answered, and of the marking what their pages show."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from assessments.bank import versions
from assessments.models import Attempt, ExtraTime, QuizPage, Response
from assessments.rules.disclosure import holding_back, is_offered, why_withheld
from assessments.rules.quiz import QuizRules, standing_of
from assessments.sitting.sheet import Reviewed, reviewed
from membership.models import Person
from training_materials.outlines import outline

_TOLD = ("number", "purpose", "started_at", "due_at", "finished_at", "pass_mark", "points", "max_points", "is_passed")


@dataclass(frozen=True)
class _Shown:
    """How much the learner may know now, and why not more."""

    feedback: str
    withheld: str = ""


_Taking = list[tuple[Attempt, set[int]]]
_ByAttempt = dict[UUID, _Shown]


def attempts_part(person: Person) -> dict[str, Any]:
    """Also those of records merged into the person's."""
    records, at = Person.objects.records_of(person), timezone.now()
    attempts = list(Attempt.objects.filter(enrolment__person__in=records).for_export())
    responses = list(Response.objects.filter(attempt__enrolment__person__in=records).for_marking())
    shown = _shown(attempts, versions.attach(responses), Attempt.objects.taking_answers(records, at), at)
    told = _told(responses, shown)
    asked: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for response in responses:
        asked[response.attempt_id].append(_question(response, told.get(response.pk)))
    return {
        "quiz_attempts": [_attempt(one, shown[one.pk]) | {"questions": asked[one.pk]} for one in attempts],
        "extra_time": list(ExtraTime.objects.filter(person__in=records).values("percent", "granted_at")),
    }


def _shown(attempts: list[Attempt], responses: list[Response], taking: _Taking, at: datetime.datetime) -> _ByAttempt:
    """By the rule of the result's page."""
    tried: dict[Any, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        tried[attempt.enrolment_id, attempt.quiz_key].append(attempt)
    asked: dict[UUID, set[int]] = defaultdict(set)
    for response in responses:
        asked[response.attempt_id].add(response.version.question_id)
    rules = QuizPage.objects.rules_by_id({one.quiz_id for one in attempts if one.quiz_id})
    return {
        one.pk: _shown_of(
            one, tried[one.enrolment_id, one.quiz_key], rules, at, holding_back(one, asked[one.pk], taking)
        )
        for one in attempts
    }


def _shown_of(
    attempt: Attempt, tried: list[Attempt], rules: dict[int, QuizRules], at: datetime.datetime, holding: Attempt | None
) -> _Shown:
    if attempt.finished_at is None:
        return _Shown(QuizPage.Feedback.NONE)
    own_rules, standing = QuizRules(), None
    if attempt.quiz_id and is_offered(attempt.quiz_id, outline.of_course(attempt.enrolment.course_id)):
        own_rules = rules[attempt.quiz_id]
        standing = standing_of(tried, own_rules, at)
    withheld = why_withheld(attempt, own_rules, standing, at, holding)
    return _Shown(QuizPage.Feedback.NONE, withheld.why) if withheld else _Shown(attempt.feedback)


def _told(responses: list[Response], shown: _ByAttempt) -> dict[int, Reviewed]:
    """By response, of those attempts whose details may be seen; all that are told equally much at once."""
    by_feedback: dict[str, list[Response]] = defaultdict(list)
    for response in responses:
        by_feedback[shown[response.attempt_id].feedback].append(response)
    return {
        response.pk: one
        for feedback, those in by_feedback.items()
        for response, one in zip(those, reviewed(those, feedback), strict=feedback != QuizPage.Feedback.NONE)
    }


def _attempt(attempt: Attempt, shown: _Shown) -> dict[str, Any]:
    return {
        "quiz": attempt.quiz_title,
        "course": attempt.enrolment.course_title,
        **{name: getattr(attempt, name) for name in _TOLD},
        "answers_are_shown_later": shown.withheld,
        "earlier_results": [
            {"points": one.points, "is_passed": one.is_passed, "until": one.replaced_at, "reason": one.reason}
            for one in attempt.earlier_results.all()
        ],
        "signals": [
            {"kind": one.get_kind_display(), "noticed_at": one.noticed_at, "cleared_at": one.cleared_at}
            for one in attempt.signals.all()
        ],
    }


def _question(response: Response, told: Reviewed | None) -> dict[str, Any]:
    """As it was asked, with the answer that was given."""
    version = response.version
    asked = {
        "number": response.position,
        "kind": version.kind,
        "question": version.prompt,
        "pictures_and_sounds": [each["alt"] for each in version.media],
        "offered": version.parsed.offered(),
        "answer": version.parsed.describe(response.answer, response.order),
        "answered_at": response.answered_at,
        "arrived_late": response.is_late,
    }
    return asked if told is None else asked | _marking(told)


def _marking(told: Reviewed) -> dict[str, Any]:
    return {
        "points": told.marked.points,
        "outcome": told.marked.outcome,
        "why": told.reason,
        "points_by_criterion": told.criteria,
        "from_the_trainer": told.comment,
        "right_answer": told.right_answer,
        "explanation": told.feedback,
    }
