"""The ledger's part of what a person takes along."""

from typing import Any

from learning.evidence.entries import evidence_payload
from learning.evidence.models import Evidence
from membership.models import Person


def evidence_part(person: Person) -> dict[str, Any]:
    """Every row about the person as it is sealed, also those superseded."""
    rows = Evidence.objects.filter(person=person).prefetch_related("files")
    return {"evidence": [evidence_payload(row, row.files.all()) for row in rows]}
