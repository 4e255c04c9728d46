"""The last word on a dossier, and what it freezes."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from evaluation.criteria.inputs import rules_of
from evaluation.criteria.scoring import Rule, Verdict, judge
from evaluation.dossiers.actions.evidence import require_fresh
from evaluation.dossiers.actions.guards import (
    RefusedError,
    SealedError,
    body_of,
    follow,
    locked,
    refusals_noted,
    require_turn,
    turn_text,
)
from evaluation.dossiers.actions.meetings import meeting_of
from evaluation.dossiers.actions.reviewing import figures_of, note_review
from evaluation.dossiers.bodies import Turn, turns_of
from evaluation.dossiers.models import Dossier, IndicatorScore, Meeting, MeetingLine, Review
from evaluation.dossiers.signals import dossier_decided
from learning.evidence.models import Evidence
from membership.models import User
from membership.policy import Action, may, reach

_BATCH = 250


@dataclass(frozen=True)
class Basis:
    """The rows that a decision rests on: scores with their indicators, the year's standing evidence, the rules."""

    scores: Sequence[IndicatorScore]
    evidence: Sequence[Evidence]
    rules: Sequence[Rule]


@refusals_noted
def decide(
    *,
    dossier: Dossier,
    is_recognised: bool,
    reason: str,
    by: User,
    at: datetime.datetime,
    seconds: int | None = None,
) -> Dossier:
    """Final: recognises or refuses at the recognising body, freezes what it rests on, and seals the dossier.

    Raises PermissionDenied, or RefusedError where the figures do not pass, or a refusal comes without its reason.
    """
    current = locked(dossier)
    require_turn(current, by, at)
    _require_recogniser(current, by, at)
    scores = list(
        IndicatorScore.objects.filter(dossier=current).select_related("indicator").prefetch_related("evidence")
    )
    verdict = verdict_of(current, scores)
    if is_recognised and not verdict.is_passed:
        raise RefusedError(_("The reviewed scores do not pass the criteria."))
    if not is_recognised and not reason.strip():
        raise RefusedError(_("Say why the title is refused."))
    require_fresh(current)
    outcome = Review.Outcome.RECOGNISED if is_recognised else Review.Outcome.NOT_RECOGNISED
    note_review(current, outcome, reason, by, at, seconds)
    current.frozen = frozen(current, scores, verdict, at)
    current.state = Dossier.State.RECOGNISED if is_recognised else Dossier.State.NOT_RECOGNISED
    current.current_step, current.current_unit, current.decided_at = None, None, at
    current.save(update_fields=["state", "current_step", "current_unit", "decided_at", "frozen"])
    log(instance=current, action="dossiers.decide", user=by, data={"is_recognised": is_recognised})
    transaction.on_commit(partial(dossier_decided.send, sender=Dossier, dossier_id=current.pk))
    follow(dossier, current)
    return current


def verdict_of(dossier: Dossier, scores: list[IndicatorScore]) -> Verdict:
    """By the dossier's own criteria, on the reviewed figures."""
    points = {score.indicator.number: score.reviewed_points for score in scores}
    return judge(points, dossier.criteria_set.threshold, dossier.criteria_set.floor, points)


def frozen(dossier: Dossier, scores: list[IndicatorScore], verdict: Verdict, at: datetime.datetime) -> dict[str, Any]:
    """All that the decision rests on, as plain JSON: with it the score can be replayed."""
    evidence = Evidence.objects.filter(person=dossier.person_id).standing().of_year(dossier.year)
    basis = Basis(scores, list(evidence.order_by("occurred_at", "pk")), rules_of(dossier.criteria_set))
    return frozen_from(dossier, basis, verdict, at)


def frozen_from(dossier: Dossier, basis: Basis, verdict: Verdict, at: datetime.datetime) -> dict[str, Any]:
    """The same from rows that are at hand; no queries."""
    criteria = dossier.criteria_set
    return {
        "criteria": {
            "id": criteria.pk,
            "name": criteria.name,
            "version": criteria.version,
            "group": criteria.group,
            "threshold": str(criteria.threshold),
            "floor": str(criteria.floor),
            "step": str(criteria.step),
        },
        "rules": [{key: _plain(value) for key, value in vars(rule).items()} for rule in basis.rules],
        "evidence": [_evidence(row) for row in basis.evidence],
        "indicators": [_indicator(score) for score in basis.scores],
        "verdict": {"total": str(verdict.total), "is_passed": verdict.is_passed},
        "decided_at": at.isoformat(),
    }


@transaction.atomic
def recognise_many(*, dossiers: Iterable[int], by: User, at: datetime.datetime) -> list[Dossier]:
    """Recognises all of these dossiers (ids), or none. Final; each leaves its review and its entry in the log.

    Raises PermissionDenied or RefusedError for the first that may not be recognised by this user now.
    """
    keys = list(dossiers)
    current = list(
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit", "current_step", "criteria_set", "person")
        .prefetch_related("scores__indicator", "scores__evidence")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    _require_turns(current, by, at)
    meetings = _meetings_of(current)
    rules = {criteria.pk: rules_of(criteria) for criteria in {dossier.criteria_set for dossier in current}}
    reviews = []
    for start in range(0, len(current), _BATCH):
        batch = current[start : start + _BATCH]
        reviews += [_review_of(dossier, meetings.get(dossier.pk), by, at) for dossier in batch]
        _decide(batch, rules, at)
    Review.objects.bulk_create(reviews, batch_size=_BATCH)
    _log(current, by)
    for dossier in current:
        transaction.on_commit(partial(dossier_decided.send, sender=Dossier, dossier_id=dossier.pk))
    return current


def _require_recogniser(dossier: Dossier, by: User, at: datetime.datetime) -> None:
    if dossier.current_step is None or not dossier.current_step.recognises:
        raise RefusedError(_("The dossier has not reached the body that recognises."))
    if not may(by, Action.RECOGNISE, dossier.unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only a recogniser decides on the title."))


def _indicator(score: IndicatorScore) -> dict[str, Any]:
    return {
        "number": score.indicator.number,
        "name": score.indicator.name,
        "maximum": str(score.indicator.maximum),
        "self": _plain(score.self_points),
        "suggested": _plain(score.suggested_points),
        "reviewed": _plain(score.reviewed_points),
        "trace": score.suggested_trace,
        "attached": sorted(str(row.pk) for row in score.evidence.all()),
    }


def _evidence(row: Evidence) -> dict[str, Any]:
    names = ("kind", "title", "score", "page_key", "page_revision", "source", "verification", "entered_by", "topics")
    return {
        "id": str(row.pk),
        "occurred_at": row.occurred_at.isoformat(),
        "issuer": row.details.get("issuer", ""),
        **{name: _plain(getattr(row, name)) for name in names},
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str | list) else str(value)


def _require_turns(dossiers: Sequence[Dossier], by: User, at: datetime.datetime) -> None:
    day = timezone.localdate(at)
    turns = turns_of(by, dossiers, day)
    within = reach(by, Action.RECOGNISE, "unit__", on=day)
    may_recognise = set(Dossier.objects.filter(within, pk__in=turns).values_list("pk", flat=True))
    for dossier in dossiers:
        if dossier.is_decided:
            raise SealedError(_("This dossier has been decided; nothing in it changes any more."))
        if dossier.state != Dossier.State.IN_REVIEW:
            raise RefusedError(_("The dossier is not in review."))
        if turns[dossier.pk] != Turn.YES:
            raise PermissionDenied(turn_text(turns[dossier.pk]))
        if dossier.current_step is None or not dossier.current_step.recognises:
            raise RefusedError(_("The dossier has not reached the body that recognises."))
        if dossier.pk not in may_recognise:
            raise PermissionDenied(_("Only a recogniser decides on the title."))
        require_fresh(dossier)
        if not verdict_of(dossier, list(dossier.scores.all())).is_passed:
            raise RefusedError(_("The reviewed scores do not pass the criteria."))


def _decide(batch: Sequence[Dossier], rules: dict[int, list[Rule]], at: datetime.datetime) -> None:
    evidence = _evidence_of(batch)
    for dossier in batch:
        scores = list(dossier.scores.all())
        basis = Basis(scores, evidence[dossier.person_id], rules[dossier.criteria_set_id])
        dossier.frozen = frozen_from(dossier, basis, verdict_of(dossier, scores), at)
        dossier.state, dossier.decided_at = Dossier.State.RECOGNISED, at
        dossier.current_step, dossier.current_unit = None, None
    same = {"state": Dossier.State.RECOGNISED, "current_step": None, "current_unit": None, "decided_at": at}
    Dossier.objects.filter(pk__in=[dossier.pk for dossier in batch]).update(**same)
    Dossier.objects.bulk_update(batch, ["frozen"], batch_size=_BATCH)


def _evidence_of(batch: Sequence[Dossier]) -> dict[int, list[Evidence]]:
    """By person: what stands in the year of the batch's dossiers."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for year in {dossier.year for dossier in batch}:
        people = [dossier.person_id for dossier in batch if dossier.year == year]
        standing = Evidence.objects.filter(person__in=people).standing().of_year(year)
        for row in standing.order_by("occurred_at", "pk"):
            found[row.person_id].append(row)
    return found


def _review_of(dossier: Dossier, meeting: Meeting | None, by: User, at: datetime.datetime) -> Review:
    step, unit = body_of(dossier)
    return Review(
        dossier=dossier,
        step_id=step,
        unit_id=unit,
        by=by,
        outcome=Review.Outcome.RECOGNISED,
        figures=figures_of(dossier.scores.all()),
        meeting=meeting,
        at=at,
    )


def _meetings_of(dossiers: Sequence[Dossier]) -> dict[int, Meeting]:
    """The latest closed meeting of the recognising body on each. A body that needs a quorum is asked dossier by
    dossier: who may judge differs with each."""
    for dossier in dossiers:
        if dossier.current_step and dossier.current_step.quorum:
            meeting_of(dossier)
    lines = MeetingLine.objects.filter(dossier__in=dossiers, meeting__closed_at__isnull=False)
    bodies = {dossier.pk: body_of(dossier) for dossier in dossiers}
    since = {dossier.pk: dossier.submitted_at for dossier in dossiers}
    found = {}
    for line in lines.select_related("meeting").order_by("meeting__closed_at", "meeting__pk"):
        held, submitted = line.meeting, since[line.dossier_id]
        is_late = submitted is None or (held.closed_at is not None and held.closed_at >= submitted)
        if is_late and (held.step_id, held.unit_id) == bodies[line.dossier_id]:
            found[line.dossier_id] = held
    return found


def _log(dossiers: Sequence[Dossier], by: User) -> None:
    """An entry for each, as Wagtail's log writes them, in one statement."""
    about = ContentType.objects.get_for_model(Dossier, for_concrete_model=False)
    common: dict[str, Any] = {"content_type": about, "user_id": by.pk, "action": "dossiers.decide", "deleted": False}
    now = timezone.now()
    ModelLogEntry.objects.bulk_create(
        (
            ModelLogEntry(
                object_id=str(dossier.pk),
                label=str(dossier),
                timestamp=now,
                data={"is_recognised": True},
                content_changed=False,
                **common,
            )
            for dossier in dossiers
        ),
        batch_size=_BATCH,
    )
