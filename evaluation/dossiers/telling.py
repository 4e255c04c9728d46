"""What people are told of findings that are followed up."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.models import FollowUp, FollowUpEntry
from membership.policy import Action, holders
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

_OFFICE = _("It is part of your office.")

ASKED = declare(
    Kind(
        key="finding-asked",
        title=_("An inspection asks something of my unit"),
        words=_("A finding to follow up at %(unit)s: answer by %(day)s."),
        why=_OFFICE,
        urgency=Urgency.AT_ONCE,
        still_due=lambda: FollowUp.objects.filter(state=FollowUp.State.ASKED),
    )
)
LATE = declare(
    Kind(
        key="finding-late",
        title=_("A finding is not answered in time"),
        words=_("The finding at %(unit)s was to be answered by %(day)s and is not."),
        why=_OFFICE,
        urgency=Urgency.AT_ONCE,
        still_due=lambda: FollowUp.objects.filter(state=FollowUp.State.ASKED),
    )
)
MOVED = declare(
    Kind(
        key="finding-moved",
        title=_("A finding that I follow up moves on"),
        words=_("The finding at %(unit)s has moved on: read what is said of it."),
        why=_OFFICE,
        still_due=FollowUp.objects.open,
    )
)


def asked(*, follow_up: FollowUp, at: datetime.datetime) -> None:
    tell(kind=ASKED, told=_each(follow_up, _answering(follow_up, at), str(follow_up.pk)), at=at)


def moved(*, follow_up: FollowUp, at: datetime.datetime) -> None:
    """An answer to who asked; what was taken above to the body above."""
    people = {
        FollowUp.State.ANSWERED: lambda: _asked_by(follow_up),
        FollowUp.State.ESCALATED: lambda: holders(Action.HEAR_APPEALS, follow_up.unit, timezone.localdate(at)),
    }.get(FollowUp.State(follow_up.state), set)()
    tell(kind=MOVED, told=_each(follow_up, people, f"{follow_up.pk}:{at.isoformat()}"), at=at)


def tell_of_late(*, at: datetime.datetime) -> int:
    """On the day after, and each week after that, to who answers and to who asked."""
    today, told = timezone.localdate(at), []
    for row in FollowUp.objects.late(today).select_related("unit", "line__dossier"):
        weeks = (today - row.due_on).days // 7
        told += _each(row, _answering(row, at) | _asked_by(row), f"{row.pk}:{row.due_on}:{weeks}")
    return tell(kind=LATE, told=told, at=at)


def _answering(follow_up: FollowUp, at: datetime.datetime) -> set[int]:
    return holders(Action.REVIEW, follow_up.unit, timezone.localdate(at))


def _asked_by(follow_up: FollowUp) -> set[int]:
    first = FollowUpEntry.objects.filter(follow_up=follow_up).values_list("by__person", flat=True)[:1]
    return {person for person in first if person}


def _each(follow_up: FollowUp, people: Iterable[int], key: str) -> list[Told]:
    """Never to whom the dossier is about."""
    said = {"unit": follow_up.unit.name, "day": date_format(follow_up.due_on, "d/m/Y")}
    address = reverse("dossiers:finding", args=[follow_up.pk])
    return [
        Told(person_id=person, key=key, subject=follow_up.pk, values=said, address=address)
        for person in sorted(set(people) - {follow_up.line.dossier.person_id})
    ]
