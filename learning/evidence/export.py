"""The ledger's part of what a person takes along."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File

from learning.evidence.ledger.log import evidence_payload
from learning.evidence.models import Evidence, EvidenceFile, NationalRecord
from membership.models import Person


def evidence_part(person: Person) -> dict[str, Any]:
    """Every row about the person as it is sealed, also those superseded and those of records merged into theirs."""
    rows = Evidence.objects.filter(person__in=Person.objects.records_of(person)).prefetch_related("files")
    return {
        "evidence": [evidence_payload(row, row.files.all()) for row in rows],
        "national_record": NationalRecord.objects.code_of(person),
        "evidence_files": [_file(kept) for row in rows for kept in row.files.all()],
    }


def evidence_files(person: Person) -> Iterator[tuple[str, File]]:
    """What is stored; one that the disk has lost is told with its entry all the same."""
    for kept in EvidenceFile.objects.filter(evidence__person__in=Person.objects.records_of(person)):
        if kept.file.storage.exists(kept.file.name or ""):
            yield _place(kept), kept.file


def _file(kept: EvidenceFile) -> dict[str, Any]:
    return {"id": kept.pk, "name": kept.name, "place": _place(kept)}


def _place(kept: EvidenceFile) -> str:
    """In the archive: a key of ours, since the name was given by whoever handed it in."""
    return f"minh-chung/{kept.pk}{Path(kept.name).suffix.lower()}"
