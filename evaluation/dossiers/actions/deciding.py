"""The last word on a dossier, and what it freezes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.criteria.inputs import rules_of
from evaluation.criteria.scoring import Rule, Verdict, judge
from evaluation.dossiers.actions.guards import follow, locked, require_turn
from evaluation.dossiers.actions.refused import refusals_noted
from evaluation.dossiers.actions.reviewing import note_review
from evaluation.dossiers.actions.staleness import require_fresh
from evaluation.dossiers.models import Dossier, IndicatorScore, Review
from evaluation.dossiers.refusals import RefusedError
from evaluation.dossiers.signals import dossier_decided
from learning.evidence.models import Evidence
from membership.models import User
from membership.policy import Action, may


@dataclass(frozen=True)
class Basis:
    """The rows that a decision rests on: scores with their indicators, the year's standing evidence, the rules."""

    scores: Sequence[IndicatorScore]
    evidence: Sequence[Evidence]
    rules: Sequence[Rule]


@refusals_noted
@transaction.atomic
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
