"""What of dossiers the log seals: what bodies did, where they changed a figure and why, and what was decided."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet

from evaluation.dossiers.models import Dossier, Review, ScoreChange
from learning.evidence.ledger.log import moment
from learning.evidence.registries.seals import Payload, SealedKind


def _reviews(rows: Sequence[int]) -> dict[int, Payload]:
    return {
        row.pk: {
            "id": row.pk,
            "dossier": row.dossier_id,
            "step": row.step_id,
            "unit": row.unit_id,
            "by": row.by_id,
            "outcome": row.outcome,
            "reason": row.reason,
            "figures": row.figures,
            "meeting": row.meeting_id,
            "at": moment(row.at),
        }
        for row in Review.objects.filter(pk__in=rows).order_by()
    }


def _changes(rows: Sequence[int]) -> dict[int, Payload]:
    return {
        row.pk: {
            "id": row.pk,
            "dossier": row.score.dossier_id,
            "indicator": row.score.indicator_id,
            "step": row.step_id,
            "by": row.by_id,
            "before": _text(row.before),
            "after": _text(row.after),
            "reason": row.reason,
            "at": moment(row.at),
        }
        for row in ScoreChange.objects.filter(pk__in=rows).select_related("score").order_by()
    }


def _text(points: Decimal | None) -> str | None:
    return None if points is None else f"{points:.1f}"


def _all_decided() -> QuerySet[Dossier]:
    return Dossier.objects.filter(state__in=Dossier.DECIDED)


def _dossiers(rows: Sequence[int]) -> dict[int, Payload]:
    """What was decided about whom, and what that froze; of one that an appeal opened again, that it is open."""
    return {row.pk: _dossier(row) for row in Dossier.objects.filter(pk__in=rows).order_by()}


def _dossier(row: Dossier) -> Payload:
    if row.decided_at is None or not row.is_decided:
        return {"id": row.pk, "is_open": True}
    return {
        "id": row.pk,
        "person": row.person_id,
        "year": row.year,
        "unit": row.unit_id,
        "group": row.group,
        "criteria_set": row.criteria_set_id,
        "chain": row.chain_id,
        "state": row.state,
        "decided_at": moment(row.decided_at),
        "frozen": row.frozen,
    }


REVIEW = SealedKind("review", 3, Review.objects.all, _reviews)
CHANGE = SealedKind("change", 4, ScoreChange.objects.all, _changes)
DOSSIER = SealedKind("dossier", 5, _all_decided, _dossiers)
