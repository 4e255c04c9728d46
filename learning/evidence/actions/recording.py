"""Writing one row of the ledger, once."""

import datetime
from functools import partial
from typing import Any

import uuid_utils.compat as uuid7
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from learning.evidence.facts import Fact
from learning.evidence.models import Entry, Evidence, EvidenceFile, Unsealed
from learning.evidence.signals import evidence_recorded
from membership.belonging import unit_of
from membership.models import Person, User


class RecordRefusedError(ValueError):
    """The fact contradicts what stands: the key is another person's, or what it corrects is not theirs to correct."""


@transaction.atomic
def record(*, fact: Fact, by: User | None, at: datetime.datetime, supersedes: Evidence | None = None) -> Evidence:
    """The row for the fact. Idempotent: a key that stands returns its row, under races too.

    ``by`` is the person who acted, None for the system. Raises RecordRefusedError when the key belongs to another
    person, or when ``supersedes`` is another person's or is superseded already.
    """
    if supersedes is not None and supersedes.person_id != fact.person_id:
        raise RecordRefusedError("only the same person's evidence can be superseded")
    standing, is_new = write(fact, at, supersedes)
    if is_new and by is not None:
        log(instance=standing, action="evidence.record", user=by, title=str(standing.pk), data={"kind": fact.kind})
    return standing


def write(fact: Fact, at: datetime.datetime, supersedes: Evidence | None) -> tuple[Evidence, bool]:
    """The row that stands for the fact's key, and whether this call wrote it; decided by the database's own keys."""
    standing = Evidence.objects.filter(source_key=fact.source_key).first()
    if standing is None:
        row = _row(fact, at, supersedes)
        Evidence.objects.bulk_create([row], ignore_conflicts=True)
        standing = Evidence.objects.filter(source_key=fact.source_key).first()
        if standing is None:
            raise RecordRefusedError("what it corrects has been superseded already")
        if standing.pk == row.pk:
            Unsealed.objects.create(entry_id=row.pk, kind=Entry.EVIDENCE, recorded_at=at)
            _tell(standing, fact.year)
            return standing, True
    if standing.person_id != fact.person_id:
        raise RecordRefusedError("the source key belongs to another person")
    return standing, False


def copy_of(evidence: Evidence, **changes: Any) -> Fact:
    """The fact that a row holds, with changes."""
    values: dict[str, Any] = {
        name: getattr(evidence, name)
        for name in (
            "person_id", "kind", "title", "occurred_at", "source", "verification", "entered_by",
            "source_key", "score", "page_key", "page_revision", "details",
        )
    }  # fmt: skip
    return Fact(**(values | {"topics": tuple(evidence.topics)} | changes))


def carry_files(old: Evidence, new: Evidence) -> None:
    """The new row points to the same stored files."""
    copies = [
        EvidenceFile(
            evidence=new,
            file=kept.file.name,
            name=kept.name,
            content_type=kept.content_type,
            size=kept.size,
            sha256=kept.sha256,
            is_scanned=kept.is_scanned,
        )
        for kept in old.files.all()
    ]
    EvidenceFile.objects.bulk_create(copies)


def _row(fact: Fact, at: datetime.datetime, supersedes: Evidence | None) -> Evidence:
    person = Person.objects.get(pk=fact.person_id)
    return Evidence(
        id=uuid7.uuid7(),
        person=person,
        kind=fact.kind,
        title=fact.title,
        occurred_at=fact.occurred_at,
        recorded_at=at,
        score=fact.score,
        page_key=fact.page_key,
        page_revision=fact.page_revision,
        topics=list(fact.topics),
        unit=unit_of(person, timezone.localdate(fact.occurred_at)),
        source=fact.source,
        verification=fact.verification,
        entered_by=fact.entered_by,
        details=fact.details,
        source_key=fact.source_key,
        supersedes=supersedes,
    )


def _tell(evidence: Evidence, year: int) -> None:
    send = partial(evidence_recorded.send, Evidence, evidence_id=evidence.pk, person_id=evidence.person_id, year=year)
    transaction.on_commit(send)
