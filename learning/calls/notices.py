"""What people are told of calls: that they are called, that it changed or is cancelled, and that the last day comes
near."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from learning.calls.dated import dated_by_called
from learning.calls.models import Call, Called
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

_WHY = _("An office of the association called you to learn it.")
_A_WEEK = datetime.timedelta(days=7)


def _while_open() -> Any:
    return _open(call__state__in=Call.STANDING)


CALLED = declare(
    Kind(
        key="call-made",
        title=_("I am called to learn something"),
        words=_("%(unit)s calls you to “%(title)s”, until %(day)s."),
        why=_WHY,
        is_spoken=True,
        urgency=Urgency.AT_ONCE,
        still_due=_while_open,
        dated=dated_by_called,
    )
)
CHANGED = declare(
    Kind(
        key="call-changed",
        title=_("A call to learn changes"),
        words=_("The call to “%(title)s” has changed: the last day is %(day)s."),
        why=_WHY,
        is_spoken=True,
        still_due=_while_open,
        dated=dated_by_called,
    )
)
CANCELLED = declare(
    Kind(
        key="call-cancelled",
        title=_("A call to learn is cancelled"),
        words=_("The call to “%(title)s”, until %(day)s, is cancelled. What you have learnt stays yours."),
        why=_WHY,
        is_spoken=True,
        dated=dated_by_called,
    )
)
DUE = declare(
    Kind(
        key="call-due",
        title=_("The last day of a call to learn comes near"),
        words=_("“%(title)s” is to be learnt until %(day)s."),
        why=_WHY,
        is_spoken=True,
        urgency=Urgency.AT_ONCE,
        still_due=_while_open,
        dated=dated_by_called,
    )
)
CLASS = declare(
    Kind(
        key="call-class",
        title=_("I am given a class to teach"),
        words=_("%(unit)s gives you the class “%(title)s”, until %(day)s."),
        why=_("You are a trainer, and an office of the association gave you a class."),
    )
)
_OF_STATE = {Call.State.CALLED: CALLED, Call.State.CHANGED: CHANGED, Call.State.CANCELLED: CANCELLED}


def told_to_all(*, call: Call, at: datetime.datetime) -> None:
    """How the call stands now, to each who has not done it."""
    event = "called" if call.state == Call.State.CALLED else at.isoformat()
    tell(kind=_OF_STATE[Call.State(call.state)], told=_told(_open(call=call), event), at=at)


def called_too(*, call: Call, at: datetime.datetime) -> None:
    """To those who were added to a call that is out: who was told so already is not told again."""
    tell(kind=CALLED, told=_told(_open(call=call), "called"), at=at)


def given_a_class(*, call: Call, at: datetime.datetime) -> None:
    """To who teaches it from now on, once it is out."""
    if call.is_standing and call.teacher and call.teacher.person_id:
        values = {"title": call.title, "unit": call.unit.name, "day": date_format(call.last_day, "d/m/Y")}
        told = Told(
            person_id=call.teacher.person_id,
            key=f"{call.pk}:{call.teacher_id}",
            values=values,
            address=reverse("calls:classes"),
        )
        tell(kind=CLASS, told=[told], at=at)


def extended(*, called: Called, at: datetime.datetime) -> None:
    tell(kind=CHANGED, told=_told(_open(pk=called.pk), at.isoformat()), at=at)


def tell_of_last_days(*, at: datetime.datetime) -> int:
    """A week before a person's last day, and again on the day before; a day that is moved is told anew."""
    today = timezone.localdate(at)
    near = _open(call__state__in=Call.STANDING).filter(due_on__gte=today, due_on__lte=today + _A_WEEK)
    told = (
        one
        for row in near.iterator(chunk_size=500)
        for one in _told([row], f"{row.due_on}:{'day' if (row.due_on - today).days <= 1 else 'week'}")
    )
    return tell(kind=DUE, told=told, at=at)


def _open(**narrowed: Any) -> Any:
    rows: Any = Called.objects.filter(**narrowed).with_state()
    return rows.filter(done_on=None).select_related("call__unit")


def _told(rows: Iterable[Any], event: str) -> list[Told]:
    return [
        Told(
            person_id=row.person_id,
            key=f"{row.pk}:{event}",
            subject=row.pk,
            values={"title": row.call.title, "unit": row.call.unit.name, "day": date_format(row.due_on, "d/m/Y")},
            address=reverse("tracking:today"),
        )
        for row in rows
    ]
