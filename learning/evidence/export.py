"""The ledger's part of what a person takes along."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from learning.evidence.ledger.log import evidence_payload
from learning.evidence.models import Evidence, EvidenceFile
from membership.models import Person


def evidence_part(person: Person) -> dict[str, Any]:
    """Every row about the person as it is sealed, also those superseded and those of records merged into theirs."""
    rows = Evidence.objects.filter(person__in=Person.objects.records_of(person)).prefetch_related("files")
    return {
        "evidence": [evidence_payload(row, row.files.all()) for row in rows],
        "evidence_files": [_file(kept) for row in rows for kept in row.files.all()],
    }


def _file(kept: EvidenceFile) -> dict[str, Any]:
    """Where the person can fetch it."""
    address = settings.BASE_URL + reverse("evidence:file", args=[kept.pk])
    return {"id": kept.pk, "name": kept.name, "address": address}
