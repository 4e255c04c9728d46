"""What trainers see before they read a table: how far a course's learners come, how results spread, which questions to
look at. Figures and sentences; where they stand in a drawing says ``interface.charts``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.template.defaultfilters import floatformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interface.charts import Field, Point, Spread, Stage, draw_field, draw_spread
from learning.tracking.models import Enrolment, StepProgress

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from assessments.models import Attempt
    from assessments.results.attempts import Line, Stuck
    from membership.policy import AnyUser
    from training_materials.models import CoursePage
    from training_materials.outlines.outline import Step

TELLS_APART = 0.2  # the discrimination from which a question tells learners apart


@dataclass(frozen=True)
class Course:
    """How far the learners come: in the whole, and step by step."""

    stages: list[Stage]
    stages_said: str
    steps: list[Stage]
    steps_said: str


@dataclass(frozen=True)
class Results:
    spread: Spread
    said: str


@dataclass(frozen=True)
class Questions:
    field: Field
    said: str


def course_picture(course: CoursePage, user: AnyUser, places: Sequence[Stuck], called: int = 0) -> Course | None:
    """Of those whom the user teaches; None before anybody is called or enrolled. Two queries. ``places``: where people
    wait; ``called``: how many are called and not enrolled."""
    outline = course.outline()
    taught = Enrolment.objects.taught_by(user).filter(course_key=course.translation_key)
    counts = taught.count_stages([step.key for step in outline.needed])
    if not counts["enrolled"] + called:
        return None
    done = StepProgress.objects.count_done(taught)
    everybody = counts["enrolled"]
    needed = set(outline.needed)
    shown = outline.steps if everybody else ()
    steps = [Stage(step.title, done.get(step.key, 0), everybody, _note(step, needed)) for step in shown]
    return Course(_stages(counts, called), _far_said(counts), steps, _steps_said(steps, places))


def results_picture(attempts: QuerySet[Attempt], pass_mark: int) -> Results | None:
    """None before anything is marked. One query, of as many rows as there are different results."""
    shares: Counter[Fraction] = Counter()
    passed = 0
    for points, whole, is_passed, count in attempts.count_results():  # type: ignore[attr-defined]
        shares[Fraction(points) / Fraction(whole)] += count
        passed += count if is_passed else 0
    if not shares:
        return None
    spread = draw_spread(shares, pass_mark)
    said = _("%(passed)s of %(all)s attempts were passed.")
    names = {"passed": number_format(passed), "all": number_format(spread.total)}
    return Results(spread, said % names)


def questions_picture(lines: Sequence[Line]) -> Questions | None:
    """Each question by facility and discrimination, numbered as its rows; None where none has both."""
    points = [
        Point(
            number=number,
            label=_point_said(number, line.item.percent, line.item.discrimination),
            address=f"#cau-hoi-{line.version.pk}",
            across=line.item.facility,
            up=line.item.discrimination,
            is_marked=bool(line.item.hints),
        )
        for number, line in enumerate(lines, start=1)
        if line.item.discrimination is not None
    ]
    if not points:
        return None
    return Questions(draw_field(points, TELLS_APART), _questions_said(points, len(lines) - len(points)))


def _note(step: Step, needed: Collection[Step]) -> str:
    return "" if step in needed else _("not required")


def _stages(counts: dict[str, int], called: int) -> list[Stage]:
    """Each a part of the one before. ``called``: without enrolling yet; they are left out where there are none."""
    words = {
        "enrolled": _("enrolled"),
        "begun": _("began"),
        "halfway": _("did half of what is required"),
        "finished": _("finished the course"),
    }
    everybody = counts["enrolled"] + called
    first = [Stage(_("called or enrolled"), everybody, everybody)] if called else []
    return first + [Stage(word, counts[name], everybody) for name, word in words.items()]


def _far_said(counts: dict[str, int]) -> str:
    said = _("Of %(enrolled)s people, %(begun)s have begun and %(finished)s have finished the course.")
    return said % {name: number_format(count) for name, count in counts.items()}


def _steps_said(steps: Sequence[Stage], places: Sequence[Stuck]) -> str:
    if not steps:
        return ""
    names = {"first": steps[0].label, "done": number_format(steps[0].count), "all": number_format(steps[0].of)}
    if not places:
        return _("%(done)s of %(all)s people have finished “%(first)s”; nobody stops on the way.") % names
    most = max(len(place.waiting) for place in places)
    steps_of_most = [place.step for place in places if len(place.waiting) == most]
    if len(steps_of_most) > 1:
        return _("%(done)s of %(all)s people have finished “%(first)s”.") % names
    said = _("%(done)s of %(all)s people have finished “%(first)s”; the largest group stops at “%(step)s”: %(count)s.")
    return said % {**names, "step": steps_of_most[0].title, "count": number_format(most)}


def _questions_said(points: Sequence[Point], left_out: int) -> str:
    marked = sum(point.is_marked for point in points)
    said = ngettext(
        "Of %(number)s question in the picture, %(marked)s calls for a look.",
        "Of %(number)s questions in the picture, %(marked)s call for a look.",
        len(points),
    ) % {"number": len(points), "marked": marked}
    if not left_out:
        return said
    rest = ngettext(
        "%(number)s is not in it: too few answers, or all earned the same.",
        "%(number)s are not in it: too few answers, or all earned the same.",
        left_out,
    )
    return f"{said} {rest % {'number': left_out}}"


def _point_said(number: int, percent: int, discrimination: float) -> str:
    said = _("Question %(number)s: facility %(percent)s %%, discrimination %(discrimination)s")
    return said % {"number": number, "percent": percent, "discrimination": floatformat(discrimination, 2)}
