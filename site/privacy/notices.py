"""What people are told of their requests about personal data, that they came and that they are answered; and officers
of what runs out: requests by the day, breaches by the hour. Those hold numbers, no names."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare
from privacy.dated import dated_by_own, dated_by_request
from privacy.models import Breach, Request

_OWN = _("It is your request.")
_OFFICE = _("It is part of your office.")

ACKNOWLEDGED = declare(
    Kind(
        key="request-acknowledged",
        title=_("My request about personal data has come"),
        words=_("Your request about your personal data has come. It is answered by %(day)s."),
        why=_OWN,
        is_owed=True,
        still_due=Request.objects.open,
        dated=dated_by_own,
    )
)
ANSWERED = declare(
    Kind(
        key="request-answered",
        title=_("My request about personal data is answered"),
        words=_("Your request about your personal data is answered. Read the answer."),
        why=_OWN,
        urgency=Urgency.AT_ONCE,
        is_owed=True,
    )
)
DUE = declare(
    Kind(
        key="request-due",
        title=_("A request about personal data is due"),
        words=_("A request about personal data is to be acknowledged or answered by %(day)s."),
        why=_OFFICE,
        urgency=Urgency.AT_ONCE,
        still_due=Request.objects.open,
        dated=dated_by_request,
    )
)
UNTOLD = declare(
    Kind(
        key="breach-untold",
        title=_("The authority is to be told of a breach of personal data"),
        words=_("%(number)s, a breach of personal data: the authority is to be told by %(time)s."),
        why=_OFFICE,
        urgency=Urgency.AT_ONCE,
        still_due=Breach.objects.untold,
        binding=_("by law the authority is told within seventy-two hours"),
    )
)


def due(*, requests: Iterable[Request], person_id: int, at: datetime.datetime) -> int:
    """Of each before its day, and again once that is over."""
    told = [_of_due(request, person_id, timezone.localdate(at)) for request in requests]
    return tell(kind=DUE, told=told, at=at)


def untold(*, breaches: Iterable[Breach], people: Iterable[int], at: datetime.datetime) -> int:
    """Anew in each half of a day."""
    told = [_of_untold(breach, person, at) for person in people for breach in breaches]
    return tell(kind=UNTOLD, told=told, at=at)


def acknowledged(*, request: Request, at: datetime.datetime) -> None:
    tell(kind=ACKNOWLEDGED, told=[_of_own(request, str(request.pk), day=date_format(request.due_on, "d/m/Y"))], at=at)


def answered(*, request: Request, at: datetime.datetime) -> None:
    """Granted or refused, or lifted later on."""
    tell(kind=ANSWERED, told=[_of_own(request, f"{request.pk}:{request.state}")], at=at)


def _of_due(request: Request, person_id: int, today: datetime.date) -> Told:
    moment = "late" if today > request.next_day else "due"
    return Told(
        person_id=person_id,
        key=f"{request.pk}:{request.state}:{moment}",
        subject=request.pk,
        values={"day": date_format(request.next_day, "d/m/Y")},
        address=reverse("privacy:request", args=[request.pk]),
    )


def _of_untold(breach: Breach, person_id: int, at: datetime.datetime) -> Told:
    half = (breach.hours_left(at) or 0) // 12
    return Told(
        person_id=person_id,
        key=f"{breach.pk}:{half}",
        subject=breach.pk,
        values={"number": breach.number, "time": date_format(timezone.localtime(breach.due_at), "H:i d/m/Y")},
        address=reverse("privacy:breach", args=[breach.pk]),
    )


def _of_own(request: Request, key: str, **values: str) -> Told:
    address = reverse("privacy:own")
    return Told(person_id=request.person_id, key=key, subject=request.pk, values=values, address=address)
