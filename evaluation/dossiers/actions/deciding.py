"""The last word on a dossier, and what it freezes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.criteria.inputs import rules_of
from evaluation.criteria.scoring import Rule, Verdict, judge
from evaluation.dossiers import notices
from evaluation.dossiers.actions.guards import (
    RefusedError,
    follow,
    locked,
    refusal_of,
    refusals_noted,
    require_ready,
    require_turn,
)
from evaluation.dossiers.actions.moving import require_settled
from evaluation.dossiers.actions.reviewing import note_review
from evaluation.dossiers.models import Dossier, IndicatorScore, MeetingLine, Review
from evaluation.dossiers.querysets.readiness import Stand
from evaluation.dossiers.readiness import Obstacle, stand_of
from evaluation.dossiers.seals import DOSSIER
from evaluation.dossiers.signals import dossier_decided
from learning.evidence.actions import await_sealing
from learning.evidence.models import Evidence
from membership.models import User
from membership.policy import Action, may

_BATCH = 250
_BELOW = {Obstacle.BELOW_TOTAL, Obstacle.BELOW_FLOOR}


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
    require_settled([current.pk], at)
    stand = require_ready(current) if is_recognised else _require_refusable(current)
    if not is_recognised and not reason.strip():
        raise RefusedError(_("Say why the title is refused."))
    outcome = Review.Outcome.RECOGNISED if is_recognised else Review.Outcome.NOT_RECOGNISED
    note_review(current, outcome, reason, by, at, seconds, stand.met_in)
    _seal(current, is_recognised, at)
    log(instance=current, action="dossiers.decide", user=by, data={"is_recognised": is_recognised})
    notices.decided(dossier=current, at=at)
    follow(dossier, current)
    return current


@refusals_noted
def not_propose(
    *, dossier: Dossier, reason: str, by: User, at: datetime.datetime, seconds: int | None = None
) -> Dossier:
    """A body below whose meeting did not agree: recorded as not proposed, the dossier is closed for its year. The
    person reads why, and may appeal as against a refusal. Raises RefusedError without such a vote or a reason."""
    current = locked(dossier)
    require_turn(current, by, at)
    require_settled([current.pk], at)
    stand = stand_of(current)
    if stand.vote != MeetingLine.Result.LOST or (current.current_step and current.current_step.recognises):
        raise RefusedError(_("Only a body that proposes, and whose meeting did not agree, records this."))
    if current.stale_since is not None:
        raise refusal_of(current, stand, Obstacle.UNSEEN)
    if not reason.strip():
        raise RefusedError(_("Say why the title is not proposed: the person reads it."))
    step = current.current_step_id
    note_review(current, Review.Outcome.NOT_PROPOSED, reason, by, at, seconds, stand.met_in)
    _seal(current, False, at)
    log(instance=current, action="dossiers.not_propose", user=by, data={"step": step})
    notices.decided(dossier=current, at=at)
    follow(dossier, current)
    return current


@transaction.atomic
def mark_revoked(*, dossier: Dossier, at: datetime.datetime) -> None:
    """Part of revoking a title, which writes the log: what reads the dossier's state says so everywhere. Idempotent."""
    recognised = Dossier.objects.filter(pk=dossier.pk, state=Dossier.State.RECOGNISED)
    if recognised.update(state=Dossier.State.REVOKED):
        await_sealing(kind=DOSSIER.key, rows=[dossier.pk], at=at)


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
        "indicators": [_indicator(score, {row.pk for row in basis.evidence}) for score in basis.scores],
        "verdict": {"total": str(verdict.total), "is_passed": verdict.is_passed},
        "decided_at": at.isoformat(),
    }


def _seal(dossier: Dossier, is_recognised: bool, at: datetime.datetime) -> None:
    scores = list(
        IndicatorScore.objects.filter(dossier=dossier).select_related("indicator").prefetch_related("evidence")
    )
    dossier.frozen = frozen(dossier, scores, verdict_of(dossier, scores), at)
    dossier.state = Dossier.State.RECOGNISED if is_recognised else Dossier.State.NOT_RECOGNISED
    dossier.current_step, dossier.current_unit, dossier.decided_at = None, None, at
    dossier.save(update_fields=["state", "current_step", "current_unit", "decided_at", "frozen"])
    await_sealing(kind=DOSSIER.key, rows=[dossier.pk], at=at)
    transaction.on_commit(partial(dossier_decided.send, sender=Dossier, dossier_id=dossier.pk))


def _require_refusable(dossier: Dossier) -> Stand:
    """A vote for the title decides too: it is refused only where the figures that were voted on do not reach it."""
    stand = stand_of(dossier)
    step = dossier.current_step
    if dossier.stale_since is not None:
        raise refusal_of(dossier, stand, Obstacle.UNSEEN)
    if stand.vote is None and step is not None and step.meets:
        raise refusal_of(dossier, stand, Obstacle.NOT_MET)
    if stand.vote == MeetingLine.Result.SHORT:
        raise refusal_of(dossier, stand, Obstacle.TOO_FEW)
    if stand.vote == MeetingLine.Result.CARRIED and stand.obstacle not in _BELOW:
        if stand.obstacle:
            raise refusal_of(dossier, stand)
        raise RefusedError(
            _("The meeting agreed to the title, and its vote decides. Has something new come up? Call another one.")
        )
    return stand


def _require_recogniser(dossier: Dossier, by: User, at: datetime.datetime) -> None:
    if dossier.current_step is None or not dossier.current_step.recognises:
        raise RefusedError(_("The dossier has not reached the body that recognises."))
    if not may(by, Action.RECOGNISE, dossier.unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only a recogniser decides on the title."))


def _indicator(score: IndicatorScore, standing: set[UUID]) -> dict[str, Any]:
    """Attached is what still stands: what was taken back since bears nothing out."""
    return {
        "number": score.indicator.number,
        "name": score.indicator.name,
        "maximum": str(score.indicator.maximum),
        "self": _plain(score.self_points),
        "suggested": _plain(score.suggested_points),
        "reviewed": _plain(score.reviewed_points),
        "trace": score.suggested_trace,
        "attached": sorted(str(row.pk) for row in score.evidence.all() if row.pk in standing),
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
