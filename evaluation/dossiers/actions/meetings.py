"""A body's meetings: called on dossiers that wait there, with those who came, closed with votes and minutes."""

import datetime
from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers import notices
from evaluation.dossiers.actions.guards import RefusedError, refusals_noted, require_consenting
from evaluation.dossiers.actions.reviewing import is_far_from_suggestion
from evaluation.dossiers.bodies import steps_of
from evaluation.dossiers.models import (
    Attendance,
    Dossier,
    IndicatorScore,
    Meeting,
    MeetingLine,
    Review,
    ReviewStep,
    ScoreChange,
)
from evaluation.dossiers.registries.kin import kin_of
from evaluation.dossiers.voting import Vote, is_tied, result_of, share_of
from interface.vietnamese import nfc
from membership.models import Person, Unit, User
from membership.policy import Action, may

Votes = Mapping[int, Vote]
_COUNTED = ["votes_for", "votes_against", "abstained", "chair_is_for", "result", "remark", "total"]


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
    require_body(by, step, unit, at)
    wanted = Dossier.objects.select_for_update(of=("self",)).select_related("current_step", "person").order_by("pk")
    listed = list(wanted.filter(pk__in=[dossier.pk for dossier in dossiers]))
    _require_waiting(listed, step, unit)
    for dossier in listed:
        require_consenting(dossier.person)
    if chair.pk == secretary.pk:
        raise RefusedError(_("Chair and secretary are two people."))
    people = {person.pk for person in (chair, secretary, *invited)}
    _require_confirmed(people, by, at)
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
    _invite(meeting, people)
    MeetingLine.objects.bulk_create(MeetingLine(meeting=meeting, dossier=dossier) for dossier in listed)
    log(instance=meeting, action="dossiers.call_meeting", user=by, data={"dossiers": [row.pk for row in listed]})
    return meeting


@refusals_noted
def close_meeting(
    *, meeting: Meeting, present: Iterable[Person], votes: Votes, notes: str, by: User, at: datetime.datetime
) -> Meeting:
    """Closes the minutes with who came and how they voted, by dossier id. Final: closed minutes do not change. What
    the votes came to follows from the majority that the dossier's chain asks of this body; of a dossier that was not
    there any more, or was handed in after the meeting, nothing is counted.

    Raises RefusedError below the body's quorum, where more voted than were there and may judge, where votes are equal
    and the chair's, which decides, is not said, where there are votes on what is not counted, and where the meeting
    agrees to figures far from the evidence of which neither the dossier nor the minutes say why."""
    current = Meeting.objects.select_for_update(of=("self",)).select_related("step", "unit").get(pk=meeting.pk)
    require_body(by, current.step, current.unit, at)
    if current.is_closed:
        raise RefusedError(_("The minutes of this meeting are closed; nothing in them changes any more."))
    if at < current.held_at:
        raise RefusedError(_("The meeting has not taken place yet."))
    came = {person.pk for person in present}
    _require_people(current, came)
    lines = _locked_lines(current)
    _require_looked_at(lines, votes)
    judges, totals, steps = _judges_of(current), Dossier.objects.totals_at(current), steps_of(current, lines)
    for line in lines:
        line.total = totals[line.dossier_id]
        if line.is_looked_at:
            vote = votes.get(line.dossier_id, Vote())
            _count(line, current, steps[line.dossier_id], judges[line.dossier_id], came, vote)
    _require_reasons(lines, steps)
    MeetingLine.objects.bulk_update(lines, _COUNTED)
    current.attendances.filter(person__in=came).update(is_present=True)
    current.notes, current.closed_by, current.closed_at = nfc(notes), by, at
    current.save(update_fields=["notes", "closed_by", "closed_at"])
    log(instance=current, action="dossiers.close_meeting", user=by, data={"present": len(came)})
    return current


def _invite(meeting: Meeting, people: set[int]) -> None:
    Attendance.objects.bulk_create(Attendance(meeting=meeting, person_id=pk) for pk in sorted(people))
    notices.meeting_called(meeting=meeting, at=meeting.called_at)


def _judges_of(meeting: Meeting) -> dict[int, set[int]]:
    """By dossier, who of those invited may judge it: not the person themselves nor their family, nor whoever judged it
    in another body than the one that meets, at their desk or in a meeting."""
    looked_at = dict(meeting.lines.values_list("dossier", "dossier__person"))
    invited = set(meeting.attendances.values_list("person_id", flat=True))
    here = {"step__role": meeting.step.role, "step__unit_kind": meeting.step.unit_kind}
    elsewhere = [
        *Review.objects.filter(dossier__in=looked_at).exclude(**here).values_list("dossier", "by__person"),
        *ScoreChange.objects.filter(score__dossier__in=looked_at)
        .exclude(**here)
        .values_list("score__dossier", "by__person"),
        *Attendance.objects.filter(meeting__lines__dossier__in=looked_at, is_present=True)
        .exclude(meeting__step__role=meeting.step.role, meeting__unit=meeting.unit_id)
        .values_list("meeting__lines__dossier", "person"),
    ]
    kin = kin_of(set(looked_at.values()), timezone.localdate(meeting.held_at))
    judges = {
        dossier: invited - {person} - {near for own, near in kin if own == person}
        for dossier, person in looked_at.items()
    }
    for dossier, person in elsewhere:
        judges[dossier].discard(person)
    return judges


def _locked_lines(meeting: Meeting) -> list[MeetingLine]:
    """With their dossiers' rows: none leaves the body while the votes on it are counted."""
    lines = meeting.lines.select_related("dossier__person", "dossier__current_step").order_by("dossier")
    return list(lines.select_for_update(of=("self", "dossier")))


def _count(
    line: MeetingLine, meeting: Meeting, step: ReviewStep, entitled: set[int], came: set[int], vote: Vote
) -> None:
    """``entitled`` are those invited who may judge the dossier."""
    dossier, judges = line.dossier, entitled & came
    if min(vote.against, vote.abstained) < 0 or vote.against + vote.abstained > len(judges):
        raise RefusedError(
            _("%(name)s: %(number)s of those present may judge this dossier; more votes than that were entered.")
            % {"name": dossier.person.full_name, "number": len(judges)}
        )
    is_open = is_tied(step, len(judges), vote) and vote.chair_is_for is None
    if is_open and step.tie == ReviewStep.Tie.CHAIR and meeting.chair_id in judges:
        raise RefusedError(
            _("%(name)s: the votes are equal and the chair's vote decides. Say how the chair voted.")
            % {"name": dossier.person.full_name}
        )
    line.votes_for = len(judges) - vote.against - vote.abstained
    line.votes_against, line.abstained, line.remark = vote.against, vote.abstained, nfc(vote.remark)
    line.chair_is_for = vote.chair_is_for if meeting.chair_id in judges else None
    line.result = result_of(step, len(judges), vote, len(entitled))


def _require_reasons(lines: Iterable[MeetingLine], steps: Mapping[int, ReviewStep]) -> None:
    """Where a body's step says from which difference to the evidence a reason is due, its minutes have it too."""
    agreed = [line for line in lines if line.result == MeetingLine.Result.CARRIED and not line.remark]
    far = {score.dossier_id for score in _unreasoned(agreed) if _is_far(score, steps[score.dossier_id])}
    if names := [line.dossier.person.full_name for line in agreed if line.dossier_id in far]:
        raise RefusedError(
            _("Scores lie far from what evidence suggests: say why in the remark, for %(names)s.")
            % {"names": ", ".join(names)}
        )


def _unreasoned(lines: Iterable[MeetingLine]) -> Iterable[IndicatorScore]:
    """Scores of which no body has said why they are what they are."""
    told = ScoreChange.objects.filter(score=OuterRef("pk")).exclude(reason="")
    return IndicatorScore.objects.filter(~Exists(told), dossier__in=[line.dossier_id for line in lines])


def _is_far(score: IndicatorScore, step: ReviewStep) -> bool:
    points = score.self_points if score.reviewed_points is None else score.reviewed_points
    return points is not None and is_far_from_suggestion(score, points, step)


def require_body(by: User, step: ReviewStep, unit: Unit, at: datetime.datetime) -> None:
    if not may(by, Action.REVIEW, unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only an officer of the body, or of one above it, acts for it."))


def _require_waiting(dossiers: list[Dossier], step: ReviewStep, unit: Unit) -> None:
    if not dossiers:
        raise RefusedError(_("Choose at least one dossier."))
    if any(row.current_step is None or row.current_step.role != step.role for row in dossiers) or any(
        row.current_unit_id != unit.pk for row in dossiers
    ):
        raise RefusedError(_("A meeting looks at dossiers that wait at its body."))
    if len({row.year for row in dossiers}) > 1:
        raise RefusedError(_("A meeting looks at dossiers of one year."))


def _require_confirmed(people: set[int], by: User, at: datetime.datetime) -> None:
    """Who only signed up sits in no meeting; whoever calls it has an office."""
    confirmed = Person.objects.on_record().within(Q(is_self_declared=False), timezone.localdate(at))
    unknown = Person.objects.filter(pk__in=people - {by.person_id}).exclude(pk__in=confirmed)
    if names := [person.full_name for person in unknown.order_by("sort_key")]:
        raise RefusedError(
            _("Who only signed up sits in no meeting: %(names)s. Confirm them as members, or invite others.")
            % {"names": ", ".join(names)}
        )


def _require_looked_at(lines: list[MeetingLine], votes: Votes) -> None:
    gone = [line.dossier.person.full_name for line in lines if line.dossier_id in votes and not line.is_looked_at]
    if gone:
        raise RefusedError(
            _(
                "Not at this body any more, or handed in after the meeting, so that no vote on it counts: %(names)s. "
                "The votes on all others are kept on the page: close the minutes again."
            )
            % {"names": ", ".join(gone)}
        )


def _require_people(meeting: Meeting, came: set[int]) -> None:
    invited = set(meeting.attendances.values_list("person_id", flat=True))
    if came - invited:
        raise RefusedError(_("Only those who were invited can be present."))
    if not {meeting.chair_id, meeting.secretary_id} <= came:
        raise RefusedError(_("Chair and secretary are present, or another meeting is called."))
    needed = max(meeting.step.quorum, share_of(meeting.step, len(invited)))
    if len(came) < needed:
        raise RefusedError(
            _("%(present)s were present; this body needs %(quorum)s.") % {"present": len(came), "quorum": needed}
        )
