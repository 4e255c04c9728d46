"""Whom one can write to, of what this room knows: who is called and has not done it, who is called to a course and has
not enrolled, and who is in a class. Their pages hand them over; no form offers them."""

import datetime
import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.calls.cohorts import taught_by
from learning.calls.models import Call, Called
from membership.models import Unit
from membership.policy import Action, AnyUser, may
from membership.querysets import PersonQuerySet
from membership.registries.groups import Group, register
from training_materials.models import CoursePage


def connect() -> None:
    register(
        Group(
            "called", gettext_lazy("Called, not done yet"), lambda _user: [], _narrowed, named=_named,
            written_by_teacher=_class_of,
        )
    )  # fmt: skip
    register(
        Group(
            "class", gettext_lazy("People of a class"), lambda _user: [], _in_class, named=_class_named,
            written_by_teacher=_class_of,
        )
    )  # fmt: skip
    register(
        Group(
            "yet-to-enrol", gettext_lazy("Called to a course, not enrolled"), lambda _user: [], _yet_to_enrol,
            needs=(Action.VIEW_LEARNING,), named=_course_named,
        )
    )  # fmt: skip


def _named(user: AnyUser, which: str) -> str | None:
    call = _theirs(user, which)
    return _("Called to “%(title)s”, not done yet") % {"title": call.title} if call else None


def _narrowed(people: PersonQuerySet, which: str, _day: datetime.date, _unit: Unit) -> PersonQuerySet:
    rows: Any = Called.objects.filter(call__in=_key(which)).with_state()
    waiting = rows.filter(done_on=None)
    return people.filter(pk__in=waiting.values("person"))


def _theirs(user: AnyUser, which: str) -> Call | None:
    """The call, for who organises or teaches it."""
    organised = Call.objects.organised_by(user).filter(pk__in=_key(which), state__in=Call.STANDING)
    return organised.first() or _taught(user, which)


def _taught(user: AnyUser, which: str) -> Call | None:
    return taught_by(user, timezone.localdate()).filter(pk__in=_key(which)).first()


def _class_of(user: AnyUser, which: str) -> Unit | None:
    call = _taught(user, which)
    return call.unit if call else None


def _class_named(user: AnyUser, which: str) -> str | None:
    call = _theirs(user, which)
    return _("Class: %(title)s") % {"title": call.title} if call and call.teacher_id else None


def _in_class(people: PersonQuerySet, which: str, _day: datetime.date, _unit: Unit) -> PersonQuerySet:
    return people.filter(pk__in=Called.objects.filter(call__in=_key(which)).values("person"))


def _course_named(user: AnyUser, which: str) -> str | None:
    course = CoursePage.objects.live().filter(translation_key__in=_key(which)).first()
    if course is None or not may(user, Action.VIEW_LEARNING):
        return None
    return _("Called to “%(title)s”, not enrolled") % {"title": course.title}


def _yet_to_enrol(people: PersonQuerySet, which: str, day: datetime.date, _unit: Unit) -> PersonQuerySet:
    rows = [Called.objects.yet_to_enrol(key, day).values("person") for key in _key(which)]
    return people.filter(pk__in=rows[0]) if rows else people.none()


def _key(which: str) -> list[uuid.UUID]:
    """None for what is no key."""
    try:
        return [uuid.UUID(which)]
    except ValueError:
        return []
