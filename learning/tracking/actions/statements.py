"""Storing statements. One door for all of them: content, outside systems and the site itself."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from learning.tracking.actions.clients import alias_of, called
from learning.tracking.actions.statement_rows import (
    inherit_terms,
    insert_statements,
    keep_attachments,
    keep_definitions,
    pass_terms_on,
)
from learning.tracking.models import Launch, Scope, Statement, Voiding
from learning.tracking.store.answers import readable
from learning.tracking.xapi.attachments import check_attachments
from learning.tracking.xapi.clients import Client, alias_in, check_ownership, learner_agent, site_client
from learning.tracking.xapi.equality import is_same_statement
from learning.tracking.xapi.formats import V2, ConflictError, ForbiddenError, RefusedError
from learning.tracking.xapi.multipart import Part
from learning.tracking.xapi.storing import NewStatement, prepare
from learning.tracking.xapi.validation import check_statement
from membership.models import Person

_MICROSECOND = datetime.timedelta(microseconds=1)


@transaction.atomic
def store_statements(
    *, statements: Sequence[Any], by: Client, at: datetime.datetime, version: str = V2, parts: Sequence[Part] = ()
) -> list[UUID]:
    """Stores all or none, and gives their ids in order; what is stored already, unchanged, is stored once.

    What is said of who withdrew their consent is taken and not kept: who speaks of many loses nobody else's for it, and
    is not told. ``parts`` are the files that came along, for the attachments that the statements name. ``version`` is
    that of the request: "1.0.3" or "2.0.0". Raises RefusedError (malformed), ForbiddenError (not this client's to say)
    and ConflictError (the id is taken by another statement). The number of queries does not grow with the batch.
    """
    by.require(Scope.WRITE_STATEMENTS)
    rows = _prepare(statements, by, at, version)
    check_attachments(statements, parts)
    if not rows:
        return []
    _check_voiding(rows, by)
    ids = [row.id for row in rows]
    rows = _linked(rows)
    inherit_terms(rows)
    added = insert_statements(rows, by)
    if len(added) < len(rows):
        _require_same([row for row in rows if row.id not in added])
    new = [row for row in rows if row.id in added]
    if new:
        pass_terms_on(new)
        _void(new)
        if Scope.DEFINE in by.scopes:
            keep_definitions([row.body for row in new])
        if parts:
            keep_attachments([row.body for row in new], parts)
    return ids


@transaction.atomic
def store_for_person(
    *, person: Person, statements: Sequence[dict[str, Any]], at: datetime.datetime, launch: Launch | None = None
) -> list[UUID]:
    """What the site itself saw a person do: actor, time and, from the launch, registration are set here.

    Statements need verb and object; actor, timestamp, stored and authority that they bring are not believed.
    """
    actor = learner_agent(alias_of(person=person))
    told = [_told_by_site(statement, actor, at, launch) for statement in statements]
    return store_statements(statements=told, by=site_client(launch_id=launch.pk if launch else None), at=at)


def _told_by_site(
    statement: dict[str, Any], actor: dict[str, Any], at: datetime.datetime, launch: Launch | None
) -> dict[str, Any]:
    told = {name: value for name, value in statement.items() if name not in ("stored", "authority", "version")}
    told |= {"actor": actor, "timestamp": at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")}
    if launch is not None:
        told["context"] = {**told.get("context", {}), "registration": str(launch.registration)}
    return told


def _prepare(statements: Sequence[Any], by: Client, at: datetime.datetime, version: str) -> list[NewStatement]:
    """Each a microsecond after the one before, so that a batch keeps its order."""
    rows = []
    for place, statement in enumerate(statements):
        check_statement(statement, version)
        check_ownership(statement, by)
        rows.append(prepare(statement, by, at + place * _MICROSECOND, version))
    if len({row.id for row in rows}) < len(rows):
        raise RefusedError("Two statements of the batch have the same id.")
    return rows


def _linked(rows: Sequence[NewStatement]) -> list[NewStatement]:
    """With whose account of this site the actor is, in one query if any is; without those of who withdrew."""
    unlinked = {row.id: name for row in rows if row.person_id is None and (name := alias_in(row.body["actor"]))}
    if not unlinked:
        return list(rows)
    learners = called(unlinked.values())
    kept = []
    for row in rows:
        learner = learners.get(unlinked[row.id]) if row.id in unlinked else None
        if learner is not None:
            row.person_id = learner.person_id
        if learner is None or learner.is_consenting:
            kept.append(row)
    return kept


def _require_same(rows: Sequence[NewStatement]) -> None:
    """Raises ConflictError unless what is stored under these ids is what was sent."""
    stored = dict(Statement.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "body"))
    for row in rows:
        if not is_same_statement(stored[row.id], row.body, has_own_time=row.has_own_time):
            raise ConflictError(f"Another statement is stored under the id {row.id}.")


def _check_voiding(rows: Sequence[NewStatement], by: Client) -> None:
    """Raises ForbiddenError where a statement would void one that the client may not even read."""
    targets = {row.target_id for row in rows if row.is_voiding and row.target_id}
    if not targets:
        return
    standing = Statement.objects.filter(pk__in=targets)
    if standing.exclude(pk__in=readable(by).filter(pk__in=targets).values("pk")).exists():
        raise ForbiddenError("This client may void only statements that it may read.")


def _void(new: Sequence[NewStatement]) -> None:
    """What voiding statements refer to is void, even before it arrives; voiding statements themselves never are."""
    voiding = {row.target_id: row.id for row in new if row.is_voiding and row.target_id}
    if not voiding:
        return
    immune = set(Statement.objects.filter(pk__in=voiding, is_voiding=True).values_list("pk", flat=True))
    Voiding.objects.filter(target_id__in=[row.id for row in new if row.is_voiding]).delete()
    Voiding.objects.bulk_create(
        [Voiding(target_id=target, by_statement_id=by) for target, by in voiding.items() if target not in immune],
        ignore_conflicts=True,
    )
