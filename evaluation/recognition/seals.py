"""What of recognition the log seals: decisions as they were signed, and titles with what became of them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from evaluation.recognition.models import Decision, DecisionLine, Title, Way
from learning.evidence.ledger.log import moment
from learning.evidence.registries.seals import Payload, SealedKind


def _all_signed() -> QuerySet[Decision]:
    return Decision.objects.filter(issued_at__isnull=False)


def _decisions(rows: Sequence[int]) -> dict[int, Payload]:
    listed: dict[int, list[int]] = {}
    lines = DecisionLine.objects.filter(decision__in=rows).order_by("dossier")
    for decision, dossier in lines.values_list("decision", "dossier"):
        listed.setdefault(decision, []).append(dossier)
    return {
        row.pk: {
            "id": row.pk,
            "unit": row.unit_id,
            "year": row.year,
            "number": row.number,
            "signed_on": None if row.signed_on is None else row.signed_on.isoformat(),
            "signer_name": row.signer_name,
            "signer_title": row.signer_title,
            "issued_at": None if row.issued_at is None else moment(row.issued_at),
            "dossiers": listed.get(row.pk, []),
            **_signing(row),
        }
        for row in Decision.objects.filter(pk__in=rows).order_by().prefetch_related("copies")
    }


def _signing(row: Decision) -> Payload:
    """The hash of what was to be signed and what became of it; nothing of a former one, which was sealed before."""
    if row.way == Way.EARLIER:
        return {"way": row.way, "issuer": row.issuer}
    if not row.paper_sha256:
        return {}
    return {
        "paper": row.paper_sha256,
        "bases": row.bases,
        "way": row.way,
        "effective_at": None if row.effective_at is None else moment(row.effective_at),
        "withdrawn_at": None if row.withdrawn_at is None else moment(row.withdrawn_at),
        "withdrawn_reason": row.withdrawn_reason,
        "copies": [copy.sha256 for copy in row.copies.all() if row.effective_at and not copy.refusal],
    }


def _titles(rows: Sequence[int]) -> dict[int, Payload]:
    return {
        row.pk: {
            "id": row.pk,
            "decision": row.decision_id,
            "dossier": row.dossier_id,
            "person": row.person_id,
            "year": row.year,
            "number": row.number,
            "code": row.code,
            "total": None if row.total is None else f"{row.total:.1f}",
            "revoked_at": None if row.revoked_at is None else moment(row.revoked_at),
            "revoked_by": row.revoked_by_id,
            "revoked_reason": row.revoked_reason,
        }
        for row in Title.objects.filter(pk__in=rows).order_by()
    }


DECISION = SealedKind("decision", 6, _all_signed, _decisions)
TITLE = SealedKind("title", 7, Title.objects.all, _titles)
