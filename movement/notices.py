"""What is told of proposals: to the office that one has come and that one waits, to who sent it what became of it."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.models import Proposal
from movement.offices import officers_of
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

# After so many days without an answer its office is told again, each week.
REMIND_AFTER_DAYS = 15
_OFFICE = _("It is part of your office.")
_OWN = _("You sent it.")

ARRIVED = declare(
    Kind(
        key="proposal-arrived",
        title=_("A proposal or difficulty has come to my office"),
        words=_("%(unit)s: a proposal or difficulty waits for your answer."),
        why=_OFFICE,
        still_due=Proposal.objects.waiting,
    )
)
WAITS = declare(
    Kind(
        key="proposal-waits",
        title=_("A proposal or difficulty waits long at my office"),
        words=_("%(unit)s: a proposal or difficulty has waited %(days)s days for your answer."),
        why=_OFFICE,
        still_due=Proposal.objects.waiting,
    )
)
SENT_ON = declare(
    Kind(
        key="proposal-sent-on",
        title=_("What I proposed was sent on"),
        words=_("What you proposed was sent on to %(office)s, which answers it."),
        why=_OWN,
    )
)
ANSWERED = declare(
    Kind(
        key="proposal-answered",
        title=_("What I proposed was answered"),
        words=_("%(office)s has answered what you proposed."),
        why=_OWN,
        urgency=Urgency.AT_ONCE,
        is_owed=True,
    )
)


def arrived(*, proposal: Proposal, at: datetime.datetime) -> None:
    tell(kind=ARRIVED, told=_to_office(proposal, at, key=f"{proposal.pk}:{proposal.office_id}"), at=at)


def moved(*, proposal: Proposal, act: str, at: datetime.datetime) -> None:
    """To who sent it, and those joined to it; and to the office to which it was sent on."""
    kind = ANSWERED if act == Proposal.Act.ANSWER else SENT_ON
    sent = [proposal, *proposal.joined.select_related("unit", "filed_by")]
    told = [
        Told(
            person_id=one.filed_by.person_id, key=f"{one.pk}:{proposal.office_id}", subject=one.pk,
            values={"office": proposal.office.name}, address=_own_address(one),
        )
        for one in sent
        if one.filed_by and one.filed_by.person_id
    ]  # fmt: skip
    tell(kind=kind, told=told, at=at)
    if kind is SENT_ON:
        arrived(proposal=proposal, at=at)


def remind(*, at: datetime.datetime) -> int:
    """Once a week; how many were told."""
    day = timezone.localdate(at)
    year, week, _weekday = day.isocalendar()
    before = at - datetime.timedelta(days=REMIND_AFTER_DAYS)
    waiting = Proposal.objects.waiting_since(before).select_related("office", "unit")
    told = [
        one
        for proposal in waiting.iterator(chunk_size=500)
        for one in _to_office(proposal, at, key=f"{proposal.pk}:{year}-{week}")
    ]
    return tell(kind=WAITS, told=told, at=at)


def _to_office(proposal: Proposal, at: datetime.datetime, *, key: str) -> list[Told]:
    day = timezone.localdate(at)
    days = (day - timezone.localdate(proposal.filed_at)).days
    values = {"unit": proposal.unit.name, "days": str(days)}
    address = reverse("movement:proposal", args=[proposal.pk])
    return [
        Told(person_id=person, key=key, subject=proposal.pk, values=values, address=address)
        for person in sorted(officers_of(proposal.office, day))
    ]


def _own_address(proposal: Proposal) -> str:
    return reverse("movement:own") if proposal.person_id else reverse("movement:proposal", args=[proposal.pk])
