"""Why somebody has not finished a course, as far as the site knows it: reasons as data, several for one person."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import Attempt, QuizPage
from learning.calls.models import COURSE, Call, Called
from learning.tracking.courses.blocked import blocked_in
from learning.tracking.models import Enrolment
from training_materials.models import CoursePage

LONG = datetime.timedelta(days=30)


class Reason(TextChoices):
    """What to do about first comes first."""

    BLOCKED = "blocked", gettext_lazy("An activity cannot be finished as it stands")
    NO_ATTEMPTS = "no_attempts", gettext_lazy("No attempt at a quiz is left")
    WAITS = "waits", gettext_lazy("Waits for a trainer to mark a written answer")
    LATE = "late", gettext_lazy("Past the last day of a call")
    FAILED = "failed", gettext_lazy("Has not passed a quiz")
    NOT_BEGUN = "not_begun", gettext_lazy("Has not begun")
    AWAY = "away", gettext_lazy("Was not here for a month")


@dataclass(frozen=True)
class Tries:
    """Of one person at one quiz that they have not passed; ``allowed``: 0 without limit."""

    quiz: str
    failed: int
    unmarked: int
    allowed: int


@dataclass(frozen=True)
class Known:
    """What the site knows of one person in the course."""

    latest: datetime.datetime | None
    due_on: datetime.date | None = None
    tries: Sequence[Tries] = field(default=())
    blocked: Sequence[str] = field(default=())  # titles of what is open for them and nobody can finish


Told = list[tuple[Reason, str]]


def reasons_for(known: Known, now: datetime.datetime) -> Told:
    """Each with its words. Pure."""
    blocked = _("“%(title)s” cannot be finished as it stands")
    found: Told = [(Reason.BLOCKED, blocked % {"title": title}) for title in known.blocked]
    for one in known.tries:
        if one.allowed and one.failed >= one.allowed:
            found.append((Reason.NO_ATTEMPTS, _("no attempts left at “%(quiz)s”") % {"quiz": one.quiz}))
        elif one.unmarked:
            found.append((Reason.WAITS, _("waits for marks at “%(quiz)s”") % {"quiz": one.quiz}))
        elif one.failed:
            text = ngettext("failed “%(quiz)s” %(count)s time", "failed “%(quiz)s” %(count)s times", one.failed)
            found.append((Reason.FAILED, text % {"quiz": one.quiz, "count": one.failed}))
    if known.due_on and known.due_on < timezone.localdate(now):
        found.append((Reason.LATE, _("was due on %(day)s") % {"day": f"{known.due_on:%d/%m/%Y}"}))
    if known.latest is None:
        found.append((Reason.NOT_BEGUN, _("has not begun")))
    elif known.latest < now - LONG:
        found.append((Reason.AWAY, _("was not here for a month")))
    order = list(Reason)
    return sorted(found, key=lambda one: order.index(one[0]))


def reasons_in(
    course: CoursePage, waiting: Sequence[tuple[Enrolment, datetime.datetime | None]], now: datetime.datetime
) -> dict[int, Told]:
    """By enrolment, with their ``steps``. Five queries at most, however many wait."""
    outline = course.outline()
    blocked = blocked_in(outline)
    tries = _tries(course, [enrolment.pk for enrolment, _latest in waiting])
    due = _due(course, [enrolment.person_id for enrolment, _latest in waiting])
    return {
        enrolment.pk: reasons_for(
            Known(
                latest,
                due.get(enrolment.person_id),
                tries.get(enrolment.pk, ()),
                [step.title for step in outline.open_steps(_done(enrolment)) if step.key in blocked],
            ),
            now,
        )
        for enrolment, latest in waiting
    }


def _done(enrolment: Enrolment) -> set[UUID]:
    return {row.step_key for row in enrolment.steps.all() if row.completed_at}


def _tries(course: CoursePage, enrolments: Sequence[int]) -> dict[int, list[Tries]]:
    quizzes = QuizPage.objects.live().descendant_of(course)
    rows = quizzes.values_list("translation_key", "title", "attempts_allowed")
    asked = {key: (title, most) for key, title, most in rows}
    ended = Attempt.objects.filter(enrolment__in=enrolments, quiz_key__in=asked).exclude(finished_at=None)
    counts: Any = ended.order_by().values("enrolment", "quiz_key").annotate(
        passed=Count("pk", filter=Q(is_passed=True)),
        failed=Count("pk", filter=Q(is_passed=False)),
        unmarked=Count("pk", filter=Q(points=None)),
    )  # fmt: skip
    found: dict[int, list[Tries]] = defaultdict(list)
    for row in counts.filter(passed=0):
        title, most = asked[row["quiz_key"]]
        found[row["enrolment"]].append(Tries(title, row["failed"], row["unmarked"], most))
    return found


def _due(course: CoursePage, people: Sequence[int]) -> dict[int, datetime.date]:
    """Their own last day, of several calls the latest."""
    rows: Any = Called.objects.filter(
        call__kind=COURSE, call__key=course.translation_key, call__state__in=Call.STANDING, person__in=people
    ).with_state()
    return dict(rows.order_by("due_on").values_list("person_id", "due_on"))
