"""Documents: stored, merged and deleted one at a time. The rows are the record: no entry in the audit log."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from django.db import connection, transaction

from learning.tracking.actions.clients import called
from learning.tracking.models import Document
from learning.tracking.xapi.clients import Conditions, Shelf, alias_in
from learning.tracking.xapi.formats import ConflictError, ForbiddenError, RefusedError
from learning.tracking.xapi.strict_json import parse_json


@transaction.atomic
def put_document(
    *, shelf: Shelf, document_id: str, content: bytes, content_type: str, given: Conditions, at: datetime.datetime
) -> None:
    """Stores the document in place of what was there. Raises RefusedError (400, 412) and ConflictError."""
    standing = _standing(shelf, document_id, given)
    if not given.if_match and not given.if_none_match:
        if standing is not None and given.guards_existing:
            raise ConflictError(
                "There is a document already. Read it first and send its ETag in If-Match, or If-None-Match: *."
            )
        if standing is None and given.guards_new:
            raise RefusedError("Send If-None-Match: * to store a new document, or If-Match to change one.")
    _keep(shelf, document_id, content, content_type, at)


@transaction.atomic
def merge_document(
    *, shelf: Shelf, document_id: str, content: bytes, content_type: str, given: Conditions, at: datetime.datetime
) -> None:
    """Properties of the one that came replace those of the one that stands; without one it is stored as it came.

    Raises RefusedError, also where one of the two is no JSON object.
    """
    standing = _standing(shelf, document_id, given)
    if _is_json(content_type):
        sent = parse_json(content)
        if standing is not None:
            content = _merged(standing, sent)
    elif standing is not None:
        raise RefusedError("Only JSON objects are merged: Content-Type is application/json.")
    _keep(shelf, document_id, content, content_type, at)


@transaction.atomic
def delete_document(*, shelf: Shelf, document_id: str, given: Conditions) -> None:
    """Idempotent. Raises RefusedError (412)."""
    standing = _standing(shelf, document_id, given)
    if standing is not None:
        standing.delete()


@transaction.atomic
def empty_shelf(*, shelf: Shelf) -> None:
    """Deletes every document of the activity and agent, and of the registration if one is given."""
    documents = Document.objects.filter(scope=shelf.scope)
    if shelf.registration is not None:
        documents = documents.filter(registration=shelf.registration)
    documents.delete()


def _standing(shelf: Shelf, document_id: str, given: Conditions) -> Document | None:
    """The document under a lock that also keeps out whoever is about to make it."""
    key = shelf.key(document_id)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(key.bytes[:8], signed=True)])
    standing = Document.objects.filter(pk=key).first()
    if not given.hold_for(standing.etag if standing else None):
        raise RefusedError("The document is not the one that If-Match or If-None-Match names.", 412)
    return standing


def _keep(shelf: Shelf, document_id: str, content: bytes, content_type: str, at: datetime.datetime) -> None:
    Document.objects.update_or_create(
        key=shelf.key(document_id),
        defaults={
            "kind": shelf.kind,
            "scope": shelf.scope,
            "agent": shelf.agent_digest,
            "activity": shelf.activity,
            "registration": shelf.registration,
            "document_id": document_id,
            "content": content,
            "content_type": content_type,
            "etag": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
            "updated_at": at,
            "person_id": _person_of(shelf.agent),
        },
    )


def _merged(standing: Document, sent: Any) -> bytes:
    if not _is_json(standing.content_type):
        raise RefusedError("What is stored is no JSON: it cannot be merged with.")
    stored = parse_json(bytes(standing.content))
    if not isinstance(stored, dict) or not isinstance(sent, dict):
        raise RefusedError("Only JSON objects are merged.")
    return json.dumps({**stored, **sent}).encode()


def _is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _person_of(agent: dict[str, Any] | None) -> int | None:
    """Raises ForbiddenError for who withdrew their consent."""
    alias = alias_in(agent or {})
    if alias is None:
        return None
    learner = called([alias]).get(alias)
    if learner is not None and not learner.is_consenting:
        raise ForbiddenError("Nothing about this learner is stored.")
    return learner.person_id if learner else None
