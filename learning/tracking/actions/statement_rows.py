"""How statements and their terms reach the database: a batch is one query on PostgreSQL, its body one parameter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from learning.tracking.models import Statement, StatementTerm
from learning.tracking.xapi.clients import Client
from learning.tracking.xapi.errors import RefusedError
from learning.tracking.xapi.formats import as_text
from learning.tracking.xapi.storing import NewStatement

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
    return Statement(
        id=row.id,
        stored=row.stored,
        body=row.body,
        target_id=row.target_id,
        is_voiding=row.is_voiding,
        person_id=row.person_id,
        credential_id=by.credential_id,
        launch_id=by.launch_id,
    )
