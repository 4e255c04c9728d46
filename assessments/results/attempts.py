"""What trainers read about attempts of those they teach: questions, topics, who is stuck where."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Avg, Count, Exists, OuterRef, QuerySet

from assessments.bank import versions
from assessments.models import Attempt, Question, QuestionVersion, QuizPage, Response
from assessments.rules.marking import fits
from assessments.rules.statistics import Answered, Item, item_of
from learning.tracking.models import Enrolment

if TYPE_CHECKING:
    from membership.policy import AnyUser
    from training_materials.models import CoursePage
    from training_materials.outlines.outline import Step

MOST_OF_ONE = 500
MOST_ATTEMPTS = 2000  # the latest: what was asked years ago says little of today


@dataclass(frozen=True)
class Line:
    """One version of a question in a quiz. ``newer``: the version in use now, whose key could mark these answers."""

    version: QuestionVersion
    item: Item
    newer: QuestionVersion | None


@dataclass
class Stuck:
    """The learners for whom this step is the next that is open."""

    step: Step
    waiting: list[tuple[Enrolment, datetime.datetime | None]] = field(default_factory=list)


def item_lines(quiz: QuizPage, user: AnyUser) -> list[Line]:
    """By version, those that call for a look first."""
    taught = Attempt.objects.taught_by(user).finished().filter(quiz_key=quiz.translation_key).exclude(points=None)
    attempts = list(taught.only("started_at", "points", "max_points").order_by("-finished_at")[:MOST_ATTEMPTS])
    answers = _answers(attempts)
    asked = versions.of(answers)
    rows = QuestionVersion.objects.with_keys().in_bulk(answers)
    lines = [Line(version, _item(answers[pk], rows[pk]), _newer(version, rows[pk])) for pk, version in asked.items()]
    return sorted(lines, key=lambda line: (-len(line.item.hints), line.item.facility))


def items_of(question: Question, user: AnyUser) -> dict[int, Item]:
    """By version, how one question of the bank works with those whom the user teaches."""
    taught = Attempt.objects.taught_by(user).finished().exclude(points=None)
    asked = taught.filter(Exists(Response.objects.filter(attempt=OuterRef("pk"), version__question=question)))
    attempts = list(asked.only("started_at", "points", "max_points").order_by("-finished_at")[:MOST_OF_ONE])
    answers = _answers(attempts)
    return {
        version.pk: _item(answers[version.pk], version)
        for version in question.versions.with_keys()
        if version.pk in answers
    }


def key_of(row: QuestionVersion) -> QuestionVersion:
    """The version by whose key its answers are marked. Wants ``with_keys``."""
    correction = getattr(row, "correction", None)
    return correction.corrected if correction else row


def by_topic(attempts: QuerySet[Attempt]) -> list[dict[str, object]]:
    """How many answers each topic got in these attempts, and the share of points they earned: worst first."""
    rows = Response.objects.filter(attempt__in=attempts.order_by()).exclude(points=None).order_by()
    named = rows.values("version__question__topic__slug", "version__question__topic__name")
    found = named.annotate(count=Count("pk"), share=Avg("points")).order_by("share")
    return [
        {
            "slug": row["version__question__topic__slug"],
            "name": row["version__question__topic__name"],
            "count": row["count"],
            "percent": round(100 * float(row["share"])),
        }
        for row in found
    ]


def stuck_in(course: CoursePage, user: AnyUser) -> list[Stuck]:
    """Who has not finished the course, by the step that is next for them, and when they were last there."""
    outline = course.outline()
    taught = Enrolment.objects.taught_by(user).filter(course_key=course.translation_key, completed_at=None)
    places = {step.key: Stuck(step) for step in outline.steps}
    for enrolment in taught.select_related("person").prefetch_related("steps").order_by("person__sort_key"):
        rows = enrolment.steps.all()
        done = {row.step_key for row in rows if row.completed_at}
        following = next(iter(outline.open_steps(done)), None)
        if following is not None:
            latest = max((row.visited_at for row in rows), default=None)
            places[following.key].waiting.append((enrolment, latest))
    return [place for place in places.values() if place.waiting]


def _answers(attempts: Iterable[Attempt]) -> dict[int, list[Answered]]:
    by_attempt = {attempt.pk: attempt for attempt in attempts}
    grouped: dict[UUID, list[Response]] = defaultdict(list)
    rows = Response.objects.filter(attempt__in=by_attempt).exclude(points=None)
    for response in versions.attach(rows.defer("marks", "marked_at", "marked_by")):
        grouped[response.attempt_id].append(response)
    answers: dict[int, list[Answered]] = defaultdict(list)
    for attempt_id, responses in grouped.items():
        seconds = _seconds(by_attempt[attempt_id], responses)
        for response in responses:
            answers[response.version_id].append(_answered(by_attempt[attempt_id], response, seconds))
    return answers


def _answered(attempt: Attempt, response: Response, seconds: dict[int, float]) -> Answered:
    points, whole = float(response.points or 0), float(attempt.points or 0)
    others = float(attempt.max_points) - 1
    shows = response.version.parsed.is_counted_by_line and response.answer is not None
    return Answered(
        points=points,
        rest=(whole - points) / others if others > 0 else 0.0,
        lines=tuple(response.version.parsed.describe(response.answer, response.order)) if shows else (),
        seconds=seconds.get(response.position),
    )


def _seconds(attempt: Attempt, responses: Iterable[Response]) -> dict[int, float]:
    """The time before each answer, by position; where all came at once nobody knows."""
    given = sorted((one for one in responses if one.answered_at), key=lambda one: one.answered_at)  # type: ignore
    times: dict[int, float] = {}
    before = attempt.started_at
    for response in given:
        seconds = (response.answered_at - before).total_seconds()  # type: ignore[operator]
        if seconds > 0 and len({one.answered_at for one in given}) > 1:
            times[response.position] = seconds
        before = response.answered_at or before
    return times


def _item(answers: list[Answered], row: QuestionVersion) -> Item:
    """By the key that counts."""
    offered = row.parsed.offered() if row.parsed.is_counted_by_line else []
    return item_of(answers, key_of(row).parsed.right_answer(), offered)


def _newer(asked: QuestionVersion, row: QuestionVersion) -> QuestionVersion | None:
    """The version in use, unless these answers are marked by its key already."""
    current = row.question.current
    if current is None or current.pk == key_of(row).pk:
        return None
    return current if fits(asked, current) else None
