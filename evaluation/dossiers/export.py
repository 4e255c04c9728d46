"""What a person takes along of their dossiers: three figures side by side, what bodies did, appeals. Officers stand in
it as the bodies for which they acted, as on the person's own page."""

from typing import Any

from evaluation.criteria.explanation import sentences
from evaluation.dossiers.models import Appeal, Attendance, Dossier, IndicatorScore, Review
from membership.models import Person


def dossiers_part(person: Person) -> dict[str, Any]:
    """Also those of records merged into the person's, and those set aside. For officers the meetings they were called
    to."""
    records = Person.objects.records_of(person)
    dossiers = Dossier.objects.filter(person__in=records).for_own_page().prefetch_related("scores__changes__step")
    called = Attendance.objects.filter(person__in=records).select_related("meeting__step", "meeting__unit")
    return {
        "dossiers": [_dossier(dossier) for dossier in dossiers.order_by("year", "pk")],
        "review_meetings": [_meeting(one) for one in called.order_by("meeting__held_at", "pk")],
    }


def _dossier(dossier: Dossier) -> dict[str, Any]:
    return {
        "year": dossier.year,
        "unit": dossier.unit.name,
        "target_group": dossier.group,
        "criteria_set": str(dossier.criteria_set),
        "state": dossier.state,
        "waits_at": dossier.current_unit.name if dossier.current_unit else None,
        "entered_with_an_officer": dossier.is_assisted,
        "confirmed_at": dossier.confirmed_at,
        "confirmed_how": dossier.confirmed_how,
        "opened_at": dossier.opened_at,
        "submitted_at": dossier.submitted_at,
        "identity_level": dossier.identity_level,
        "decided_at": dossier.decided_at,
        "indicators": [_indicator(score) for score in dossier.scores.all()],
        "reviews": [_review(review) for review in dossier.reviews.all()],
        "appeals": [_appeal(appeal) for appeal in dossier.appeals.all()],
        "frozen_by_the_decision": dossier.frozen,
    }


def _indicator(score: IndicatorScore) -> dict[str, Any]:
    return {
        "number": score.indicator.number,
        "name": score.indicator.name,
        "maximum": score.indicator.maximum,
        "own_points": score.self_points,
        "own_note": score.self_note,
        "own_points_saved_at": score.self_saved_at,
        "suggested_points": score.suggested_points,
        "why_suggested": sentences(score.suggested_trace, score.indicator.maximum),
        "reviewed_points": score.reviewed_points,
        "attached_evidence": [evidence.pk for evidence in score.evidence.all()],
        "changes": [
            {"body": one.step.name, "at": one.at, "before": one.before, "after": one.after, "reason": one.reason}
            for one in score.changes.all()
        ],
    }


def _review(review: Review) -> dict[str, Any]:
    return {
        "body": review.step.name,
        "unit": review.unit.name,
        "at": review.at,
        "outcome": review.outcome,
        "reason": review.reason,
        "points_then": review.figures,
    }


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "to": appeal.unit.name,
        "filed_at": appeal.filed_at,
        "reason": appeal.reason,
        "due_on": appeal.due_on,
        "outcome": appeal.outcome,
        "answer": appeal.answer,
        "answered_at": appeal.answered_at,
        "frozen_by_the_decision_before": appeal.frozen,
    }


def _meeting(called: Attendance) -> dict[str, Any]:
    meeting = called.meeting
    return {
        "body": meeting.step.name,
        "unit": meeting.unit.name,
        "held_at": meeting.held_at,
        "place": meeting.place,
        "was_present": called.is_present,
        "was_chair": meeting.chair_id == called.person_id,
        "was_secretary": meeting.secretary_id == called.person_id,
    }
