"""From a statement as it came to the row that is stored: what the store adds, and what it will be found by."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import uuid_utils.compat as uuid7

from learning.tracking.xapi.clients import Client
from learning.tracking.xapi.formats import V1, V2, as_text
from learning.tracking.xapi.terms import terms_of
from learning.tracking.xapi.validation import VOIDED

_VERSION_STORED = {V1: "1.0.0", V2: "2.0.0"}


@dataclass
class NewStatement:
    id: UUID
    stored: datetime.datetime
    body: dict[str, Any]
    terms: set[UUID]
    target_id: UUID | None
    has_own_time: bool
    person_id: int | None = None

    @property
    def is_voiding(self) -> bool:
        return bool(self.body["verb"]["id"] == VOIDED)


def prepare(statement: dict[str, Any], by: Client, stored: datetime.datetime, version: str) -> NewStatement:
    """The statement is well formed. What was sent is left as it is, but that context activities become arrays."""
    moment = as_text(stored)
    body = {**statement}
    body.setdefault("id", str(uuid7.uuid7()))
    body.setdefault("timestamp", moment)
    body.setdefault("version", _VERSION_STORED[version])
    body |= {"stored": moment, "authority": by.authority}
    if "context" in body:
        body["context"] = _with_arrays(body["context"])
    target = body["object"]
    if target.get("objectType") == "SubStatement" and "context" in target:
        body["object"] = {**target, "context": _with_arrays(target["context"])}
    return NewStatement(
        id=UUID(body["id"]),
        stored=stored,
        body=body,
        terms=terms_of(body),
        target_id=UUID(target["id"]) if target.get("objectType") == "StatementRef" else None,
        has_own_time="timestamp" in statement,
        person_id=by.person_id,
    )


def _with_arrays(context: dict[str, Any]) -> dict[str, Any]:
    if "contextActivities" not in context:
        return context
    arrays = {
        name: found if isinstance(found, list) else [found] for name, found in context["contextActivities"].items()
    }
    return {**context, "contextActivities": arrays}
