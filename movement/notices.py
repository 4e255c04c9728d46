"""What is told of proposals: to the office that one has come and that one waits, to who sent it what became of it; and
of tasks of a plan: to the unit's officers that one is due, and that it is late."""

import datetime
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from membership.models import Unit
from movement.models import PlanTask, Proposal
from movement.offices import officers_of
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

# After so many days without an answer its office is told again, each week.
REMIND_AFTER_DAYS = 15
# A task is told of so long before its day, and once more when that is past; what is long past is told no more.
_BEFORE, _AFTER = datetime.timedelta(days=7), datetime.timedelta(days=60)
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

TASK_DUE = declare(
    Kind(
        key="task-due",
        title=_("A task of my unit's plan is due or late"),
        words=_("%(unit)s: a task of the work plan is due on %(day)s and not done yet."),
        why=_OFFICE,
        still_due=PlanTask.objects.still_open,
    )
)


def arrived(*, proposal: Proposal, at: datetime.datetime) -> None:
    tell(kind=ARRIVED, told=_to_offices([proposal], at, since=proposal.office_id), at=at)


def answered(*, proposals: Sequence[Proposal], office: Unit, at: datetime.datetime) -> None:
    tell(kind=ANSWERED, told=_to_senders(proposals, office), at=at)


def sent_on(*, proposals: Sequence[Proposal], office: Unit, at: datetime.datetime) -> None:
    """To who sent them; and to the office, of the first, to which the others are joined."""
    tell(kind=SENT_ON, told=_to_senders(proposals, office), at=at)
    arrived(proposal=proposals[0], at=at)


def remind(*, at: datetime.datetime) -> int:
    """Once a week; how many were told. Three queries, but for what is told."""
    year, week, _weekday = timezone.localdate(at).isocalendar()
    before = at - datetime.timedelta(days=REMIND_AFTER_DAYS)
    waiting = Proposal.objects.waiting_since(before).select_related("unit")
    return tell(kind=WAITS, told=_to_offices(waiting, at, since=f"{year}-{week}"), at=at)


def remind_of_tasks(*, at: datetime.datetime) -> int:
    """Twice for each: a week before and when it is late; how many were told. Three queries, but for what is told."""
    day = timezone.localdate(at)
    due = PlanTask.objects.still_open().filter(due_on__gte=day - _AFTER, due_on__lte=day + _BEFORE)
    rows = list(due.select_related("plan__unit"))
    officers = officers_of({row.plan.unit_id for row in rows}, day)
    told = [
        Told(
            person_id=person, key=f"{row.pk}:{row.due_on}:{'late' if row.due_on < day else 'soon'}", subject=row.pk,
            address=reverse("movement:task", args=[row.pk]),
            values={"unit": row.plan.unit.name, "day": row.due_on.strftime("%d/%m/%Y")},
        )
        for row in rows
        for person in officers[row.plan.unit_id]
    ]  # fmt: skip
    return tell(kind=TASK_DUE, told=told, at=at)


def _to_offices(proposals: Iterable[Proposal], at: datetime.datetime, *, since: object) -> list[Told]:
    rows, day = list(proposals), timezone.localdate(at)
    officers = officers_of({row.office_id for row in rows}, day)
    return [
        Told(
            person_id=person, key=f"{row.pk}:{since}", subject=row.pk, address=_office_address(row),
            values={"unit": row.unit.name, "days": str((day - timezone.localdate(row.filed_at)).days)},
        )
        for row in rows
        for person in officers[row.office_id]
    ]  # fmt: skip


def _to_senders(proposals: Iterable[Proposal], office: Unit) -> list[Told]:
    return [
        Told(
            person_id=row.filed_by.person_id, key=f"{row.pk}:{office.pk}", subject=row.pk,
            values={"office": office.name}, address=reverse("movement:own") if row.person_id else _office_address(row),
        )
        for row in proposals
        if row.filed_by and row.filed_by.person_id
    ]  # fmt: skip


def _office_address(proposal: Proposal) -> str:
    return reverse("movement:proposal", args=[proposal.pk])
