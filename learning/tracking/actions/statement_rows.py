"""What storing statements writes and how: a batch is one query on PostgreSQL, its body one parameter. The terms that
they are found by, with those of what they refer to, whichever came first; definitions of activities; attachments,
kept once for each content, outside every public folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import connection

from learning.tracking.models import ActivityDefinition, Attachment, AttachmentUse, Statement, StatementTerm
from learning.tracking.xapi.attachments import declared
from learning.tracking.xapi.clients import Client
from learning.tracking.xapi.formats import RefusedError, as_text
from learning.tracking.xapi.multipart import Part
from learning.tracking.xapi.storing import NewStatement
from learning.tracking.xapi.terms import ACTIVITY, activities_of, term, terms_of

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")

# Sorted by id, so that two batches with the same statements wait for each other instead of blocking each other.
_INSERT = """
WITH incoming AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS row(
        id uuid, stored timestamptz, body jsonb, target_id uuid, is_voiding boolean, person_id bigint, terms uuid[]
    )
), added AS (
    INSERT INTO tracking_statement
        (id, stored, body, target_id, is_voiding, person_id, credential_id, launch_id)
    SELECT id, stored, body, target_id, is_voiding, person_id, %s, %s FROM incoming ORDER BY id
    ON CONFLICT (id) DO NOTHING
    RETURNING id
), found_by AS (
    INSERT INTO tracking_statementterm (term, stored, statement_id)
    SELECT unnest(incoming.terms), incoming.stored, incoming.id FROM incoming JOIN added USING (id)
)
SELECT id FROM added
"""
# Statements about statements about statements: nobody means a longer chain.
_LONGEST = 8
Known = dict[UUID, tuple[set[UUID], UUID | None]]
_MAPS = ("name", "description", "extensions")
_CONTENT_TYPE = "application/octet-stream"


def insert_statements(rows: Sequence[NewStatement], by: Client) -> set[UUID]:
    """Inserts those whose id is not stored yet; gives which. Within a transaction."""
    batch = _as_json(rows)
    if connection.vendor == "postgresql":
        return _insert_at_once(batch, by)
    known = set(Statement.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", flat=True))
    added = [row for row in rows if row.id not in known]
    Statement.objects.bulk_create([_as_model(row, by) for row in added])
    add_terms((row, row.terms) for row in added)
    return {row.id for row in added}


def add_terms(found: Iterable[tuple[NewStatement | Statement, set[UUID]]]) -> None:
    """Has statements found by more; what they are found by already stays."""
    rows = [StatementTerm(term=term, stored=row.stored, statement_id=row.id) for row, terms in found for term in terms]
    if connection.vendor == "postgresql":
        StatementTerm.objects.bulk_create(rows, ignore_conflicts=True)
        return
    as_stored = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR IGNORE INTO tracking_statementterm (term, stored, statement_id) VALUES (%s, %s, %s)",
            [(row.term.hex, as_stored(row.stored), row.statement_id.hex) for row in rows],
        )


def inherit_terms(rows: Sequence[NewStatement]) -> None:
    """Adds the terms of what each row refers to, through the whole chain."""
    if all(row.target_id is None for row in rows):
        return
    known: Known = {row.id: (row.terms, row.target_id) for row in rows}
    wanted = {row.target_id for row in rows if row.target_id} - known.keys()
    for _step in range(_LONGEST):
        if not wanted:
            break
        found = Statement.objects.filter(pk__in=wanted).only("id", "body", "target_id")
        reached: Known = {one.pk: (terms_of(one.body), one.target_id) for one in found}
        known |= reached
        wanted = {target for _terms, target in reached.values() if target} - known.keys()
    for row in rows:
        row.terms = row.terms.union(*_chain(row.target_id, known))


def pass_terms_on(new: Sequence[NewStatement]) -> None:
    """Gives the terms of new statements to those that referred to them before they came."""
    carried = {row.id: row.terms for row in new}
    seen = set(carried)
    for _step in range(_LONGEST):
        referring = [one for one in _referring_to(carried) if one.pk not in seen]
        if not referring:
            return
        add_terms((one, carried[one.target_id]) for one in referring if one.target_id)
        carried = {one.pk: carried[one.target_id] for one in referring if one.target_id}
        seen |= carried.keys()


def keep_definitions(bodies: Iterable[dict[str, Any]]) -> None:
    """Two queries at most, and one when they bring nothing new. Later statements win."""
    told: dict[str, dict[str, Any]] = {}
    for body in bodies:
        for activity in activities_of(body):
            if activity.get("definition"):
                told[activity["id"]] = merged(told.get(activity["id"], {}), activity["definition"])
    if not told:
        return
    keys = {iri: term(ACTIVITY, iri) for iri in told}
    known = dict(ActivityDefinition.objects.filter(pk__in=keys.values()).values_list("iri", "definition"))
    changed = [
        ActivityDefinition(key=keys[iri], iri=iri, definition=whole)
        for iri, definition in told.items()
        if (whole := merged(known.get(iri, {}), definition)) != known.get(iri)
    ]
    if changed:
        # In the order of their keys, so that two batches wait for each other instead of blocking each other.
        ActivityDefinition.objects.bulk_create(
            sorted(changed, key=lambda row: row.key.bytes),
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["definition"],
        )


def merged(known: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Languages and extensions add up; everything else is as told last."""
    whole = {**known, **told}
    for name in _MAPS:
        if name in known and name in told:
            whole[name] = {**known[name], **told[name]}
    return whole


def keep_attachments(statements: Sequence[dict[str, Any]], parts: Sequence[Part]) -> None:
    """``statements`` as they were stored. Two statements may share a file; a use that stands already stays."""
    by_digest = {part.digest: part for part in parts}
    kept = {digest: _kept_file(part.content) for digest, part in by_digest.items()}
    uses = {}
    for statement, attachment in declared(statements):
        digest = attachment["sha2"].lower()
        if digest in kept:
            uses[statement["id"], digest] = AttachmentUse(
                statement_id=UUID(statement["id"]),
                sha2=attachment["sha2"],
                content_type=by_digest[digest].content_type[:255] or _CONTENT_TYPE,
                attachment_id=kept[digest],
            )
    AttachmentUse.objects.bulk_create(uses.values(), ignore_conflicts=True)


def _as_json(rows: Sequence[NewStatement]) -> str:
    """Raises RefusedError for what a database cannot keep: NUL, half a surrogate pair, infinite numbers."""
    batch = [
        {
            "id": row.id.hex,
            "stored": as_text(row.stored),
            "body": row.body,
            "target_id": row.target_id and row.target_id.hex,
            "is_voiding": row.is_voiding,
            "person_id": row.person_id,
            "terms": [term.hex for term in row.terms],
        }
        for row in rows
    ]
    try:
        text = json.dumps(batch, ensure_ascii=False, allow_nan=False)
        text.encode()
    except ValueError:
        raise RefusedError("A text is no Unicode, or a number is not finite.") from None
    if "\\u0000" in text and _NUL.search(text):
        raise RefusedError("A text holds the character NUL.")
    return text


def _insert_at_once(batch: str, by: Client) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [batch, by.credential_id, by.launch_id])
        return {found for (found,) in cursor.fetchall()}


def _as_model(row: NewStatement, by: Client) -> Statement:
    same = {name: getattr(row, name) for name in ("id", "stored", "body", "target_id", "is_voiding", "person_id")}
    return Statement(credential_id=by.credential_id, launch_id=by.launch_id, **same)


def _referring_to(carried: dict[UUID, set[UUID]]) -> list[Statement]:
    return list(Statement.objects.filter(target_id__in=list(carried)).only("id", "stored", "target_id"))


def _chain(target: UUID | None, known: Known) -> list[set[UUID]]:
    chain: list[set[UUID]] = []
    for _step in range(_LONGEST):
        if target is None or target not in known:
            break
        terms, target = known[target]
        chain.append(terms)
    return chain


def _kept_file(content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    if not Attachment.objects.filter(pk=digest).exists():
        attachment = Attachment(sha256=digest, length=len(content))
        attachment.file.save(digest, ContentFile(content), save=False)
        Attachment.objects.bulk_create([attachment], ignore_conflicts=True)
    return digest
