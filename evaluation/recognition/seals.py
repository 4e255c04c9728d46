"""What of recognition the log seals: decisions as they were signed, and titles with what became of them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from evaluation.recognition.models import Decision, DecisionLine, Title
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
        }
        for row in Decision.objects.filter(pk__in=rows).order_by()
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
            "total": f"{row.total:.1f}",
            "revoked_at": None if row.revoked_at is None else moment(row.revoked_at),
            "revoked_by": row.revoked_by_id,
            "revoked_reason": row.revoked_reason,
        }
        for row in Title.objects.filter(pk__in=rows).order_by()
    }


DECISION = SealedKind("decision", 6, _all_signed, _decisions)
TITLE = SealedKind("title", 7, Title.objects.all, _titles)
