"""What of dossiers the log seals: what bodies did, where they changed a figure and why, and what was decided."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from evaluation.dossiers.listed import answer_told, digest_of
from evaluation.dossiers.models import Dossier, LinkAct, LinkLine, Review, ScoreChange
from learning.evidence.ledger.log import moment
from learning.evidence.registries.seals import Fault, Payload, SealedKind


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


def _link_acts(rows: Sequence[int]) -> dict[int, Payload]:
    return {
        row.pk: {
            "id": row.pk,
            "link": row.link_id,
            "step": row.link.step_id,
            "unit": row.link.unit_id,
            "kind": row.kind,
            "by": row.by_id,
            "digest": row.digest,
            "dossiers": row.dossiers,
            "at": moment(row.at),
        }
        for row in LinkAct.objects.filter(pk__in=rows).select_related("link").order_by()
    }


def foreign_words() -> Iterator[Fault]:
    """Lists and answers that are not what was frozen and sent; of one from which an erasure took words, nothing can be
    said."""
    sealed = LinkAct.objects.filter(kind__in=[LinkAct.Kind.FROZEN, LinkAct.Kind.ANSWER]).order_by("pk")
    by_dossier = Prefetch("link__lines", LinkLine.objects.order_by("dossier"))
    for act in sealed.select_related("link").prefetch_related(by_dossier).iterator(chunk_size=500):
        lines = list(act.link.lines.all())
        is_frozen = act.kind == LinkAct.Kind.FROZEN
        told = [line.frozen for line in lines] if is_frozen else answer_told(act.link, lines)
        if all(line.frozen["name"] for line in lines) and digest_of(told) != act.digest:
            yield Fault(f"link {act.link_id}", "the list, or what the body said, is not what was sealed")


REVIEW = SealedKind("review", 3, Review.objects.all, _reviews)
CHANGE = SealedKind("change", 4, ScoreChange.objects.all, _changes)
DOSSIER = SealedKind("dossier", 5, _all_decided, _dossiers)
LINK = SealedKind("link", 10, LinkAct.objects.all, _link_acts)
