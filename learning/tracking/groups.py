"""Whom an office can call, invite or write to, of what this app knows: who is in the middle of a course, and, handed
over by the page that shows it, who is stuck at one of its steps."""

import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.tracking.models import Enrolment
from membership.models import Unit
from membership.policy import Action, AnyUser, may
from membership.querysets import PersonQuerySet
from membership.registries.groups import Group, register
from training_materials.models import CoursePage
from training_materials.outlines.outline import Step

_UNFINISHED = Group(
    "unfinished",
    _("In the middle of a course"),
    lambda _user: _courses(),
    lambda people, which, _day, _unit: people.filter(
        pk__in=Enrolment.objects.filter(course_key=which, completed_at=None).values("person")
    ),
    needs=(Action.VIEW_LEARNING,),
)


def connect() -> None:
    register(_UNFINISHED)
    register(
        Group(
            "stuck-at", _("Stuck at a step of a course"), lambda _user: [], _stuck_at, needs=(Action.VIEW_LEARNING,),
            named=_step_named,
        )
    )  # fmt: skip


def _step(which: str) -> tuple[CoursePage | None, Step | None]:
    """``which``: the keys of the course and of the step, with a dot between."""
    course_key, _dot, step_key = which.partition(".")
    try:
        course = CoursePage.objects.live().filter(translation_key=UUID(course_key)).first()
    except ValueError:
        return None, None
    steps = course.outline().needed if course else ()
    return course, next((step for step in steps if step.key_text == step_key), None)


def _step_named(user: AnyUser, which: str) -> str | None:
    course, step = _step(which)
    if course is None or step is None or not may(user, Action.VIEW_LEARNING):
        return None
    return gettext("Stuck at “%(step)s” in “%(course)s”") % {"step": step.title, "course": course.title}


def _stuck_at(people: PersonQuerySet, which: str, _day: datetime.date, _unit: Unit) -> PersonQuerySet:
    course, step = _step(which)
    if course is None or step is None:
        return people.none()
    keys = [one.key for one in course.outline().needed]
    before = keys[: keys.index(step.key)]
    return people.filter(pk__in=Enrolment.objects.waiting_at(course.translation_key, before, step.key).values("person"))


def _courses() -> list[tuple[str, str]]:
    live = CoursePage.objects.live().order_by("path").values_list("translation_key", "title")
    return [(str(key), title) for key, title in live]
