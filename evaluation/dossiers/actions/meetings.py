"""A body's meetings: called on dossiers that wait there, with those who came, closed with votes and minutes."""

import datetime
from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.guards import RefusedError, refusals_noted
from evaluation.dossiers.models import Attendance, Dossier, Meeting, MeetingLine, Review, ReviewStep, ScoreChange
from interface.vietnamese import nfc
from membership.models import Person, Unit, User
from membership.policy import Action, may

Votes = Mapping[int, tuple[int, int]]


@refusals_noted
def call_meeting(
    *,
    step: ReviewStep,
    unit: Unit,
    held_at: datetime.datetime,
    place: str,
    chair: Person,
    secretary: Person,
    invited: Iterable[Person],
    dossiers: Iterable[Dossier],
    by: User,
    at: datetime.datetime,
) -> Meeting:
    """On dossiers of one year that wait at that body, whichever chain brought them there: a body is its office in its
    unit. Chair and secretary are invited by that. Not idempotent: a body may meet twice on the same dossiers."""
    _require_body(by, step, unit, at)
    wanted = Dossier.objects.select_for_update(of=("self",)).select_related("current_step")
    listed = list(wanted.filter(pk__in=[dossier.pk for dossier in dossiers]))
    _require_waiting(listed, step, unit)
    if chair.pk == secretary.pk:
        raise RefusedError(_("Chair and secretary are two people."))
    meeting = Meeting.objects.create(
        step=step,
        unit=unit,
        year=listed[0].year,
        held_at=held_at,
        place=nfc(place),
        chair=chair,
        secretary=secretary,
        called_by=by,
        called_at=at,
    )
    people = {person.pk for person in (chair, secretary, *invited)}
    Attendance.objects.bulk_create(Attendance(meeting=meeting, person_id=pk) for pk in sorted(people))
    MeetingLine.objects.bulk_create(MeetingLine(meeting=meeting, dossier=dossier) for dossier in listed)
    log(instance=meeting, action="dossiers.call_meeting", user=by, data={"dossiers": [row.pk for row in listed]})
    return meeting


@refusals_noted
def close_meeting(
    *, meeting: Meeting, present: Iterable[Person], votes: Votes, notes: str, by: User, at: datetime.datetime
) -> Meeting:
    """Closes the minutes with who came and how they voted, by dossier id: for, against. Final: closed minutes do not
    change. Raises RefusedError below the body's quorum, or where more voted than were there."""
    current = Meeting.objects.select_for_update(of=("self",)).select_related("step", "unit").get(pk=meeting.pk)
    _require_body(by, current.step, current.unit, at)
    if current.is_closed:
        raise RefusedError(_("The minutes of this meeting are closed; nothing in them changes any more."))
    if at < current.held_at:
        raise RefusedError(_("The meeting has not taken place yet."))
    came = {person.pk for person in present}
    _require_people(current, came)
    _require_votes(current, votes, len(came))
    current.attendances.filter(person__in=came).update(is_present=True)
    totals = Dossier.objects.totals_at(current)
    for line in current.lines.all():
        line.votes_for, line.votes_against = votes.get(line.dossier_id, (len(came), 0))
        line.total = totals[line.dossier_id]
        line.save(update_fields=["votes_for", "votes_against", "total"])
    current.notes, current.closed_by, current.closed_at = nfc(notes), by, at
    current.save(update_fields=["notes", "closed_by", "closed_at"])
    log(instance=current, action="dossiers.close_meeting", user=by, data={"present": len(came)})
    return current


def meeting_of(dossier: Dossier) -> Meeting | None:
    """The latest closed meeting of the body at which the dossier waits, since it was handed in. Raises RefusedError
    where the body needs one and none had enough people who may judge this dossier."""
    role, quorum = (dossier.current_step.role, dossier.current_step.quorum) if dossier.current_step else ("", 0)
    held = Meeting.objects.filter(
        lines__dossier=dossier, step__role=role, unit=dossier.current_unit_id, closed_at__isnull=False
    )
    if dossier.submitted_at is not None:
        held = held.filter(closed_at__gte=dossier.submitted_at)
    meeting = held.select_related("step").order_by("-closed_at", "-pk").first()
    if not quorum:
        return meeting
    if meeting is None:
        raise RefusedError(_("This body decides in a meeting: call one on this dossier and close its minutes first."))
    if _judges_present(meeting, dossier) < quorum:
        raise RefusedError(
            _("Too few who may judge this dossier were at the meeting: %(quorum)s are needed.") % {"quorum": quorum}
        )
    return meeting


def _judges_present(meeting: Meeting, dossier: Dossier) -> int:
    """Not the person themselves, nor whoever judged it in another body, at their desk or in a meeting."""
    here = dossier.current_step_id
    elsewhere = [
        Review.objects.filter(dossier=dossier).exclude(step=here).values("by__person"),
        ScoreChange.objects.filter(score__dossier=dossier).exclude(step=here).values("by__person"),
        Attendance.objects.filter(meeting__lines__dossier=dossier, is_present=True)
        .exclude(meeting__step__role=meeting.step.role, meeting__unit=meeting.unit_id)
        .values("person"),
    ]
    barred = Q(person=dossier.person_id)
    for people in elsewhere:
        barred |= Q(person__in=people)
    return meeting.attendances.filter(is_present=True).exclude(barred).count()


def _require_body(by: User, step: ReviewStep, unit: Unit, at: datetime.datetime) -> None:
    if not may(by, Action.REVIEW, unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only an officer of the body, or of one above it, keeps its minutes."))


def _require_waiting(dossiers: list[Dossier], step: ReviewStep, unit: Unit) -> None:
    if not dossiers:
        raise RefusedError(_("Choose at least one dossier."))
    if any(row.current_step is None or row.current_step.role != step.role for row in dossiers) or any(
        row.current_unit_id != unit.pk for row in dossiers
    ):
        raise RefusedError(_("A meeting looks at dossiers that wait at its body."))
    if len({row.year for row in dossiers}) > 1:
        raise RefusedError(_("A meeting looks at dossiers of one year."))


def _require_people(meeting: Meeting, came: set[int]) -> None:
    invited = set(meeting.attendances.values_list("person_id", flat=True))
    if came - invited:
        raise RefusedError(_("Only those who were invited can be present."))
    if not {meeting.chair_id, meeting.secretary_id} <= came:
        raise RefusedError(_("Chair and secretary are present, or another meeting is called."))
    if len(came) < meeting.step.quorum:
        raise RefusedError(
            _("%(present)s were present; this body needs %(quorum)s.")
            % {"present": len(came), "quorum": meeting.step.quorum}
        )


def _require_votes(meeting: Meeting, votes: Votes, present: int) -> None:
    if any(sum(count) > present or min(count) < 0 for count in votes.values()):
        raise RefusedError(_("More votes than people present."))
