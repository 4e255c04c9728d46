"""Writing one row of the ledger, once."""

import datetime
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any
from uuid import UUID

import uuid_utils.compat as uuid7
from django.db import connection, transaction
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLInsertCompiler
from django.utils import timezone
from wagtail.log_actions import log

from learning.evidence.facts import Fact
from learning.evidence.files import Upload
from learning.evidence.ledger.queue import waiting
from learning.evidence.models import Entry, Evidence, EvidenceFile, Unsealed
from learning.evidence.signals import evidence_recorded
from membership.belonging import unit_id_of
from membership.models import User
from membership.policy import require_consenting


class RecordRefusedError(ValueError):
    """The fact contradicts what stands: the key is another person's, or what it corrects is not theirs to correct."""


@transaction.atomic
def record(*, fact: Fact, by: User | None, at: datetime.datetime, supersedes: Evidence | None = None) -> Evidence:
    """The row for the fact. Idempotent: a key that stands returns its row, under races too.

    ``by`` is the person who acted, None for the system: what they say of themselves bears the identity level of their
    session. Raises RecordRefusedError when the key belongs to another person, or when ``supersedes`` is another
    person's or is superseded already; ValidationError, in words, where the person withdrew their consent.
    """
    require_consenting(fact.person_id)
    if supersedes is not None and supersedes.person_id != fact.person_id:
        raise RecordRefusedError("only the same person's evidence can be superseded")
    if by is not None and by.person_id == fact.person_id and by.identity_level:
        fact = replace(fact, details=fact.details | {"identity_level": by.identity_level})
    standing, is_new = write(fact, at, supersedes)
    if is_new and by is not None:
        log(instance=standing, action="evidence.record", user=by, title=str(standing.pk), data={"kind": fact.kind})
    return standing


@transaction.atomic(savepoint=False)
def record_all(*, facts: Sequence[Fact], at: datetime.datetime) -> list[Evidence]:
    """The rows for what the site itself saw at once of one person; as ``record``, in no more queries than one.

    Whoever calls it within a transaction loses that with it: a refusal is none to go on from. That the person's consent
    stands was asked before, at the door that let them in, or with the attempt that is finished for them.
    """
    return [standing for standing, _is_new in _write(facts, at, None)]


def write(fact: Fact, at: datetime.datetime, supersedes: Evidence | None) -> tuple[Evidence, bool]:
    """The row that stands for the fact's key, and whether this call wrote it; decided by the database's own keys."""
    return _write([fact], at, supersedes)[0]


def correct_all(*, corrections: Sequence[tuple[Fact, Evidence]], at: datetime.datetime) -> list[Evidence]:
    """What supersedes those rows, of whatever people, in three statements; gives what is new. The place stays the row's
    own. A row that was superseded meanwhile is passed over: what stands instead is another's to say."""
    rows = [_row(fact, at, old.unit_id, old) for fact, old in corrections]
    if rows and _insert(rows) < len(rows):
        written = set(Evidence.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        rows = [row for row in rows if row.pk in written]
    Unsealed.objects.bulk_create(waiting(row.pk, Entry.EVIDENCE, at) for row in rows)
    for row in rows:
        _tell([row])
    return rows


def copy_of(evidence: Evidence, **changes: Any) -> Fact:
    """The fact that a row holds, with changes."""
    values: dict[str, Any] = {field.name: getattr(evidence, field.name) for field in fields(Fact)}
    return Fact(**(values | {"topics": tuple(evidence.topics)} | changes))


def carry_files(old: Evidence, new: Evidence) -> None:
    """The new row points to the same stored files."""
    EvidenceFile.objects.bulk_create(file_of(new, kept.file.name or "", kept) for kept in old.files.all())


def file_of(evidence: Evidence, stored: str, like: Upload | EvidenceFile) -> EvidenceFile:
    """The row for what is stored under that name."""
    same = {name: getattr(like, name) for name in ("name", "content_type", "size", "sha256", "is_scanned")}
    return EvidenceFile(evidence=evidence, file=stored, **same)


def _write(facts: Sequence[Fact], at: datetime.datetime, supersedes: Evidence | None) -> list[tuple[Evidence, bool]]:
    """Facts of one person. Written first, and read only where a key stood already."""
    person_id = facts[0].person_id
    units = {day: unit_id_of(person_id, day) for day in {_day(fact) for fact in facts}}
    rows = [_row(fact, at, units[_day(fact)], supersedes) for fact in facts]
    standing = {row.source_key: row for row in rows}
    if _insert(rows) < len(rows):
        standing = {one.source_key: one for one in Evidence.objects.filter(source_key__in=list(standing))}
    if len(standing) < len(rows):
        raise RecordRefusedError("what it corrects has been superseded already")
    if any(one.person_id != person_id for one in standing.values()):
        raise RecordRefusedError("the source key belongs to another person")
    new = [row for row in rows if standing[row.source_key].pk == row.pk]
    if new:
        Unsealed.objects.bulk_create(waiting(row.pk, Entry.EVIDENCE, at) for row in new)
        _tell(new)
    return [(standing[row.source_key], row in new) for row in rows]


def _insert(rows: Sequence[Evidence]) -> int:
    """How many were written: the database's own keys decide, under races too. ``bulk_create`` does not say.

    By the plain compiler: PostgreSQL's own hands several rows over as arrays, and to quote JSON within an array costs
    more than all the rest.
    """
    query = InsertQuery(Evidence, on_conflict=OnConflict.IGNORE)
    query.insert_values(Evidence._meta.concrete_fields, list(rows))
    written = 0
    with connection.cursor() as cursor:
        for sql, values in SQLInsertCompiler(query, connection, using=None).as_sql():
            cursor.execute(sql, values)
            written += cursor.rowcount
    return written


def _day(fact: Fact) -> datetime.date:
    return timezone.localdate(fact.occurred_at)


def _row(fact: Fact, at: datetime.datetime, unit_id: int | None, supersedes: Evidence | None) -> Evidence:
    told = vars(fact) | {"topics": list(fact.topics)}
    return Evidence(id=uuid7.uuid7(), recorded_at=at, unit_id=unit_id, supersedes=supersedes, **told)


def _tell(new: Sequence[Evidence]) -> None:
    """Once for each year, whatever else was recorded with it."""
    years: dict[int, list[UUID]] = {}
    for evidence in new:
        years.setdefault(timezone.localdate(evidence.occurred_at).year, []).append(evidence.pk)
    for year, ids in years.items():
        told = {"evidence_ids": ids, "person_id": new[0].person_id, "year": year}
        transaction.on_commit(partial(evidence_recorded.send, Evidence, **told))
