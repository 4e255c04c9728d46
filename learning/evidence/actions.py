"""The only door to the ledger. Rows are written once; a correction is a new row that supersedes the old one.

A fact that the system records leaves no entry in the audit log: the row itself, immutable and with its
provenance, is the record. What a person does here (declare, confirm, merge, erase) leaves one.
"""

import datetime
import uuid
from functools import partial
from typing import Any

import uuid_utils.compat as uuid7
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from learning.evidence.facts import Fact
from learning.evidence.models import (
    EnteredBy,
    ErasureOrder,
    Evidence,
    EvidenceFile,
    Kind,
    Source,
    Verification,
    private_storage,
)
from learning.evidence.signals import evidence_recorded
from learning.evidence.uploads import Upload
from membership.belonging import unit_of
from membership.models import Person, User
from membership.policy import Action, require


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
    standing, is_new = _write(fact, at, supersedes)
    if is_new and by is not None:
        log(instance=standing, action="evidence.record", user=by, title=str(standing.pk), data={"kind": fact.kind})
    return standing


@transaction.atomic
def declare(
    *,
    person: Person,
    kind: Kind,
    title: str,
    occurred_at: datetime.datetime,
    details: dict[str, Any],
    upload: Upload | None,
    token: uuid.UUID,
    by: User,
    at: datetime.datetime,
) -> Evidence:
    """A person's own declaration or certificate, or an officer's entry on their behalf (marked as assisted).

    The person's word is its source until someone has seen the document. ``token`` is made with the form: the same
    form sent twice is one row. Raises PermissionDenied.
    """
    if kind not in (Kind.DECLARATION, Kind.EXTERNAL_CERTIFICATE):
        raise RecordRefusedError("only declarations and certificates are declared")
    fact = Fact(
        person_id=person.pk,
        kind=kind,
        title=title,
        occurred_at=occurred_at,
        source=Source.SELF,
        verification=Verification.NONE,
        entered_by=_entered_by(person, by, at),
        source_key=f"declared:{person.pk}:{token}",
        details=details,
    )
    evidence = record(fact=fact, by=by, at=at)
    if upload is not None and not evidence.files.exists():
        _keep_file(evidence, upload)
    return evidence


@transaction.atomic
def confirm(*, evidence: Evidence, by: User, at: datetime.datetime) -> Evidence:
    """An officer has seen the document: a row that says so supersedes the declared one. Confirming twice is once.

    Raises PermissionDenied outside the officer's reach and for one's own, RecordRefusedError for what is no certificate
    or has been corrected otherwise.
    """
    if not Evidence.objects.confirmable_by(by).filter(pk=evidence.pk).exists():
        raise PermissionDenied("evidence.confirm refused")
    if evidence.verification == Verification.DOCUMENT_SEEN:
        return evidence
    if evidence.kind != Kind.EXTERNAL_CERTIFICATE:
        raise RecordRefusedError("only certificates are confirmed")
    fact = _copy(
        evidence,
        source=Source.EXTERNAL,
        verification=Verification.DOCUMENT_SEEN,
        source_key=f"confirmed:{evidence.pk}",
        details=evidence.details | {"confirmed_by": by.pk, "confirmed_at": at.isoformat()},
    )
    confirmed, is_new = _write(fact, at, evidence)
    if is_new:
        _carry_files(evidence, confirmed)
        log(instance=confirmed, action="evidence.confirm", user=by, title=str(confirmed.pk))
    return confirmed


@transaction.atomic
def supersede_onto(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Merging two records of one person: what stood on the duplicate stands on the one who stays. Idempotent."""
    moved = []
    for evidence in Evidence.objects.filter(person=duplicate).standing().order_by("pk"):
        fact = _copy(evidence, person_id=into.pk, source_key=f"merged:{evidence.pk}:{into.pk}")
        standing, is_new = _write(fact, at, evidence)
        if is_new:
            _carry_files(evidence, standing)
        moved.append(standing)
    if moved:
        ids = [str(evidence.pk) for evidence in moved]
        log(instance=moved[0], action="evidence.merge", user=by, title=ids[0], data={"into": into.pk, "evidence": ids})


@transaction.atomic
def erase(*, person: Person, by: User, at: datetime.datetime) -> int:
    """Deletes the person's evidence and files, also those of records merged into theirs; gives how many rows.

    The orders that it writes are what the database's triggers ask for. Run twice it finds nothing left.
    """
    _require_over(person, Action.MANAGE_PEOPLE, by, at)
    people = _same_person(person)
    for one in people:
        ErasureOrder.objects.get_or_create(person=one, defaults={"ordered_at": at, "ordered_by": by})
    files = EvidenceFile.objects.filter(evidence__person__in=people)
    names = set(files.values_list("file", flat=True))
    files.delete()
    count = 0
    while latest := list(Evidence.objects.filter(person__in=people).standing()):
        for evidence in latest:
            evidence.delete()
        count += len(latest)
    transaction.on_commit(partial(_delete_stored, names))
    log(instance=person, action="evidence.erase", user=by, title=str(person.pk), data={"rows": count})
    return count


def _write(fact: Fact, at: datetime.datetime, supersedes: Evidence | None) -> tuple[Evidence, bool]:
    """The row that stands for the fact's key, and whether this call wrote it; decided by the database's own keys."""
    standing = Evidence.objects.filter(source_key=fact.source_key).first()
    if standing is None:
        row = _row(fact, at, supersedes)
        Evidence.objects.bulk_create([row], ignore_conflicts=True)
        standing = Evidence.objects.filter(source_key=fact.source_key).first()
        if standing is None:
            raise RecordRefusedError("what it corrects has been superseded already")
        if standing.pk == row.pk:
            _tell(standing, fact.year)
            return standing, True
    if standing.person_id != fact.person_id:
        raise RecordRefusedError("the source key belongs to another person")
    return standing, False


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


def _copy(evidence: Evidence, **changes: Any) -> Fact:
    """The fact that a row holds, with changes."""
    values: dict[str, Any] = {
        name: getattr(evidence, name)
        for name in (
            "person_id", "kind", "title", "occurred_at", "source", "verification", "entered_by",
            "source_key", "score", "page_key", "page_revision", "details",
        )
    }  # fmt: skip
    return Fact(**(values | {"topics": tuple(evidence.topics)} | changes))


def _entered_by(person: Person, by: User, at: datetime.datetime) -> EnteredBy:
    if by.person_id == person.pk:
        return EnteredBy.OWN_ACCOUNT
    _require_over(person, Action.ASSIST, by, at)
    return EnteredBy.ASSISTED


def _require_over(person: Person, action: Action, by: User, at: datetime.datetime) -> None:
    unit = unit_of(person, timezone.localdate(at))
    if unit is None:
        raise PermissionDenied(f"{action} refused: the person belongs to no unit")
    require(by, action, unit)


def _keep_file(evidence: Evidence, upload: Upload) -> None:
    upload.content.name = f"{uuid7.uuid7()}{upload.ending}"
    EvidenceFile.objects.create(
        evidence=evidence,
        file=upload.content,
        name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
    )


def _carry_files(old: Evidence, new: Evidence) -> None:
    """The new row points to the same stored files."""
    copies = [
        EvidenceFile(
            evidence=new,
            file=kept.file.name,
            name=kept.name,
            content_type=kept.content_type,
            size=kept.size,
            sha256=kept.sha256,
        )
        for kept in old.files.all()
    ]
    EvidenceFile.objects.bulk_create(copies)


def _delete_stored(names: set[str]) -> None:
    for name in names:
        private_storage().delete(name)


def _same_person(person: Person) -> list[Person]:
    """The person and every record merged into theirs."""
    people, found = [person], [person]
    while found:
        found = list(Person.objects.filter(merged_into__in=found))
        people += found
    return people
