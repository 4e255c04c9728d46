"""What people are told of dossiers: of their own, and of what waits for them in an office."""

import datetime
from collections.abc import Callable
from dataclasses import replace

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from evaluation.dossiers.dated import dated_by_appeal, dated_by_dossier, dated_by_meeting, dated_by_own_appeal
from evaluation.dossiers.models import Appeal, Attendance, Dossier, InspectedDossier, Meeting, Review
from membership.models import Membership, Unit
from membership.policy import Action, holders
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare
from work.rhythms import SUNDAY, weekly

_OWN = _("It is your dossier.")
_OFFICE = _("It is part of your office.")
_A_WEEK = datetime.timedelta(days=7)
WAITING_IS_TOLD = weekly(SUNDAY, 20)  # in time for the letters of Monday


def _while_in(*states: str) -> Callable[[], QuerySet[Dossier]]:
    return lambda: Dossier.objects.filter(state__in=states)


def _units_with_dossiers() -> QuerySet[Unit]:
    return Unit.objects.filter(Exists(Dossier.objects.filter(current_unit=OuterRef("pk"))))


RETURNED = declare(
    Kind(
        key="dossier-returned",
        title=_("My dossier comes back to be completed"),
        words=_("Your dossier for %(year)s came back: %(body)s says what is to be completed."),
        why=_OWN,
        urgency=Urgency.AT_ONCE,
        still_due=_while_in(Dossier.State.RETURNED),
    )
)
FORWARDED = declare(
    Kind(
        key="dossier-forwarded",
        title=_("My dossier goes on to the next body"),
        words=_("Your dossier for %(year)s went on: it is now with %(body)s."),
        why=_OWN,
        still_due=_while_in(Dossier.State.IN_REVIEW),
    )
)
DECIDED = declare(
    Kind(
        key="dossier-decided",
        title=_("My dossier is decided"),
        words=_("Your dossier for %(year)s is decided. Read the decision and its reasons."),
        why=_OWN,
        urgency=Urgency.AT_ONCE,
        still_due=_while_in(*Dossier.DECIDED),
    )
)
DEADLINE = declare(
    Kind(
        key="dossier-deadline",
        title=_("The last day for handing in my dossier comes near"),
        words=_("Hand in your dossier for %(year)s: the last day is %(day)s."),
        why=_("You began the dossier and have not handed it in."),
        urgency=Urgency.AT_ONCE,
        still_due=_while_in(Dossier.State.DRAFT),
        dated=dated_by_dossier,
    )
)
APPEAL_TAKEN = declare(
    Kind(
        key="appeal-taken",
        title=_("My appeal has arrived"),
        words=_("Your appeal about the dossier for %(year)s has arrived. It is answered by %(day)s at the latest."),
        why=_("You appealed."),
        urgency=Urgency.AT_ONCE,
        still_due=Appeal.objects.open,
        dated=dated_by_own_appeal,
    )
)
APPEAL_ANSWERED = declare(
    Kind(
        key="appeal-answered",
        title=_("My appeal is answered"),
        words=_("Your appeal about the dossier for %(year)s is answered. Read the answer and its reasons."),
        why=_("You appealed."),
        urgency=Urgency.AT_ONCE,
    )
)
MEETING = declare(
    Kind(
        key="meeting-called",
        title=_("A body calls me to a meeting"),
        words=_("%(body)s, %(unit)s, meets on %(moment)s at %(place)s. You are invited."),
        why=_("You stand on the list of those invited."),
        urgency=Urgency.AT_ONCE,
        still_due=lambda: Meeting.objects.filter(held_at__gt=timezone.now()),
        dated=dated_by_meeting,
    )
)
WAITING = declare(
    Kind(
        key="dossiers-waiting",
        title=_("Dossiers wait for my body"),
        words=ngettext_lazy(
            "%(count)d dossier waits for your body in %(unit)s.",
            "%(count)d dossiers wait for your body in %(unit)s.",
            "count",
        ),
        why=_OFFICE,
        still_due=_units_with_dossiers,
    )
)
APPEALED = declare(
    Kind(
        key="appeal-filed",
        title=_("An appeal waits for my answer"),
        words=_("An appeal waits for an answer until %(day)s."),
        why=_OFFICE,
        urgency=Urgency.AT_ONCE,
        still_due=Appeal.objects.open,
        dated=dated_by_appeal,
    )
)
FINDING = declare(
    Kind(
        key="finding-doubtful",
        title=_("An inspection finds a decision doubtful"),
        words=_("An inspection in %(unit)s finds that the evidence does not bear out a decision for %(year)s."),
        why=_OFFICE,
    )
)
FINDING_BEFORE = declare(
    Kind(
        key="finding-before",
        title=_("An inspection doubts a dossier that waits for my body"),
        words=_("An inspection finds that the evidence does not bear out the scores of a dossier at %(unit)s."),
        why=_OFFICE,
        urgency=Urgency.AT_ONCE,
        still_due=lambda: InspectedDossier.objects.filter(
            finding=InspectedDossier.Finding.DOUBTFUL, dossier__state=Dossier.State.IN_REVIEW
        ),
    )
)


def returned(*, dossier: Dossier, review: Review, at: datetime.datetime) -> None:
    tell(kind=RETURNED, told=[_of_own(dossier, str(review.pk), body=review.step.name)], at=at)


def forwarded(*, dossier: Dossier, review: Review, at: datetime.datetime) -> None:
    body = dossier.current_step.name if dossier.current_step else ""
    tell(kind=FORWARDED, told=[_of_own(dossier, str(review.pk), body=body)], at=at)


def decided(*, dossier: Dossier, at: datetime.datetime) -> None:
    """A refusal, or a title that no decision of ``recognition`` gives; that one is told there."""
    tell(kind=DECIDED, told=[_of_own(dossier, f"{dossier.pk}:{at.isoformat()}")], at=at)


def appealed(*, appeal: Appeal, at: datetime.datetime) -> None:
    people = holders(Action.HEAR_APPEALS, appeal.unit, timezone.localdate(at)) - {appeal.dossier.person_id}
    said = {"day": _day(appeal.due_on)}
    own = replace(_of_own(appeal.dossier, str(appeal.pk), **said), subject=appeal.pk)
    tell(kind=APPEAL_TAKEN, told=[own], at=at)
    address = reverse("dossiers:appeal", args=[appeal.pk])
    told = [
        Told(person_id=person, key=str(appeal.pk), subject=appeal.pk, values=said, address=address) for person in people
    ]
    tell(kind=APPEALED, told=told, at=at)


def appeal_answered(*, appeal: Appeal, dossier: Dossier, at: datetime.datetime) -> None:
    tell(kind=APPEAL_ANSWERED, told=[_of_own(dossier, str(appeal.pk))], at=at)


def meeting_called(*, meeting: Meeting, at: datetime.datetime) -> None:
    """Who is invited without an office there reads when and where; the page of the meeting is for officers."""
    officers = holders(Action.VIEW_DOSSIERS, meeting.unit, timezone.localdate(at))
    address = reverse("dossiers:meeting", args=[meeting.pk])
    moment = date_format(timezone.localtime(meeting.held_at), "H:i d/m/Y")
    said = {"body": meeting.step.name, "unit": meeting.unit.name, "moment": moment, "place": meeting.place}
    told = [
        Told(
            person_id=person,
            key=str(meeting.pk),
            subject=meeting.pk,
            values=said,
            address=address if person in officers else "",
        )
        for person in Attendance.objects.filter(meeting=meeting).values_list("person_id", flat=True)
    ]
    tell(kind=MEETING, told=told, at=at)


def found_doubtful(*, line: InspectedDossier, at: datetime.datetime) -> None:
    """To who is above, where something may follow from it; never to whom the dossier is about."""
    dossier = line.dossier
    if dossier.current_unit:
        _doubted_before(line, dossier.current_unit, at)
        return
    people = holders(Action.HEAR_APPEALS, dossier.unit, timezone.localdate(at)) - {dossier.person_id}
    said = {"unit": dossier.unit.name, "year": str(dossier.year)}
    address = reverse("dossiers:sample", args=[line.sample_id])
    told = [Told(person_id=person, key=str(line.pk), values=said, address=address) for person in people]
    tell(kind=FINDING, told=told, at=at)


def _doubted_before(line: InspectedDossier, body: Unit, at: datetime.datetime) -> None:
    """To the body that has it now."""
    people = holders(Action.REVIEW, body, timezone.localdate(at)) - {line.dossier.person_id}
    address = reverse("dossiers:review", args=[line.dossier_id])
    said = {"unit": body.name}
    told = [
        Told(person_id=person, key=str(line.pk), subject=line.pk, values=said, address=address) for person in people
    ]
    tell(kind=FINDING_BEFORE, told=told, at=at)


def tell_of_deadlines(*, at: datetime.datetime) -> int:
    """A week before the last day, and again on the day before; a day that is moved is told anew."""
    today = timezone.localdate(at)
    late = Dossier.objects.filter(state=Dossier.State.DRAFT).due_between(today, today + _A_WEEK)
    told = (
        _of_own(dossier, f"{dossier.pk}:{due}:{'day' if (due - today).days <= 1 else 'week'}", day=_day(due))
        for dossier in late.only("pk", "person", "year").iterator()
        if (due := dossier.due_on)  # type: ignore[attr-defined]  # annotated
    )
    return tell(kind=DEADLINE, told=told, at=at)


def tell_of_waiting(*, at: datetime.datetime) -> int:
    """Each week, to who holds the office of a body at which dossiers wait."""
    waiting = Dossier.objects.filter(state=Dossier.State.IN_REVIEW).order_by()
    counts = {
        (unit, role): count
        for unit, role, count in waiting.values_list("current_unit", "current_step__role").annotate(Count("pk"))
    }
    units = {unit for unit, _role in counts}
    offices = Membership.objects.on(timezone.localdate(at)).filter(unit__in=units).select_related("unit")
    told = [
        Told(
            person_id=office.person_id,
            key=f"{office.unit_id}:{office.role}:{WAITING_IS_TOLD.slot(at):%Y-%m-%d}",
            subject=office.unit_id,
            values={"count": count, "unit": office.unit.name},
            address=reverse("dossiers:queue"),
        )
        for office in offices
        if (count := counts.get((office.unit_id, office.role)))
    ]
    return tell(kind=WAITING, told=told, at=at)


def _of_own(dossier: Dossier, key: str, **values: str) -> Told:
    year = str(dossier.year)
    address = reverse("dossiers:self_assessment", args=[dossier.year])
    said = {"year": year, **values}
    return Told(person_id=dossier.person_id, key=key, subject=dossier.pk, values=said, address=address)


def _day(day: datetime.date) -> str:
    return date_format(day, "d/m/Y")
