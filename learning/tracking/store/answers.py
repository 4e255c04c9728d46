"""Statements as the store gives them out: one, or a page of those that a filter finds."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from learning.tracking.models import ActivityDefinition, AttachmentUse, Scope, Statement, StatementTerm, Voiding
from learning.tracking.querysets.statements import StatementQuerySet, between
from learning.tracking.xapi import terms
from learning.tracking.xapi.activities import identity
from learning.tracking.xapi.clients import Client
from learning.tracking.xapi.filters import Filter, cursor_after
from learning.tracking.xapi.formats import AbsentError
from learning.tracking.xapi.shapes import canonical, ids_only
from learning.tracking.xapi.terms import activities_of

# A transaction that is still writing may have taken its moment a little before the database knew of it.
_MARGIN = datetime.timedelta(seconds=1)


@dataclass(frozen=True)
class Page:
    keys: list[UUID]
    texts: list[str]
    latest: datetime.datetime | None
    # Where the next page begins; empty on the last one.
    cursor: str


def one(key: UUID, is_voided: bool, client: Client) -> Page:
    """The statement under the id. Raises AbsentError: a void one is found only where it is asked for as void."""
    found = readable(client).filter(pk=key)
    is_void = Exists(Voiding.objects.filter(target_id=OuterRef("pk")))
    row = (found.filter(is_void) if is_voided else found.filter(~is_void)).values_list("stored", _text()).first()
    if row is None:
        raise AbsentError("There is no such statement.")
    return Page([key], [row[1]], row[0], "")


def page(wanted: Filter, client: Client) -> Page:
    """One query, whatever the filter and however many statements there are."""
    found = _found(wanted, client)
    shown = found[: wanted.limit]
    return Page(
        keys=[key for key, _stored, _text in shown],
        texts=[text for _key, _stored, text in shown],
        latest=max((stored for _key, stored, _text in shown), default=None),
        cursor=cursor_after(shown[-1][1], shown[-1][0]) if len(found) > wanted.limit else "",
    )


def shaped(texts: Sequence[str], shape: str, languages: str) -> list[str]:
    """In the format asked for; exact is how they are stored."""
    if shape == "exact":
        return list(texts)
    bodies = [json.loads(text) for text in texts]
    if shape == "ids":
        return [_dump(ids_only(body)) for body in bodies]
    definitions = definitions_of({activity["id"] for body in bodies for activity in activities_of(body)})
    return [_dump(canonical(body, definitions, languages)) for body in bodies]


def readable(client: Client) -> StatementQuerySet:
    """What the client may read at all."""
    if client.person_id is not None:
        return Statement.objects.filter(person_id=client.person_id).found_by(_own_terms(client))
    if Scope.READ_STATEMENTS in client.scopes:
        return Statement.objects.all()
    return Statement.objects.filter(credential__isnull=False, credential=client.credential_id)


def attached(keys: Sequence[UUID]) -> list[tuple[str, str, bytes]]:
    """The digest, content type and content of what these statements came with, each digest once."""
    uses = AttachmentUse.objects.filter(statement_id__in=keys).select_related("attachment")
    once = {use.sha2: use for use in uses}
    return [(use.sha2, use.content_type, _content(use)) for use in once.values()]


def consistent_through() -> datetime.datetime:
    """Until when every statement that will ever have been stored by then can be read now."""
    now = timezone.now()
    if connection.vendor != "postgresql":
        return now
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
        )
        (oldest,) = cursor.fetchone()
    return min(now, oldest - _MARGIN) if oldest else now


def definitions_of(activities: Collection[str]) -> dict[str, dict[str, Any]]:
    """What is known of the activities, by their IRI."""
    keys = [terms.term(terms.ACTIVITY, iri) for iri in activities]
    return dict(ActivityDefinition.objects.filter(pk__in=keys).values_list("iri", "definition"))


def names_of(agent: dict[str, Any]) -> list[str]:
    """The names that the latest statements give the agent, latest first."""
    found = StatementTerm.objects.filter(term=terms.term(terms.RELATED_AGENT, identity(agent) or ""))
    keys = found.order_by("-stored").values_list("statement_id", flat=True)[:20]
    names: dict[str, None] = {}
    for body in Statement.objects.filter(pk__in=list(keys)).order_by("-stored").values_list("body", flat=True):
        for actor in terms.actors_of(body):
            if actor.get("name") and identity(actor) == identity(agent):
                names[actor["name"]] = None
    return list(names)


def _found(wanted: Filter, client: Client) -> list[tuple[UUID, datetime.datetime, str]]:
    """Id, moment and text of one statement more than the page holds."""
    needed, within = [*wanted.terms, *_own_terms(client)], _within(wanted)
    rows: Any
    if needed:
        key, rows = "statement_id", StatementTerm.objects.found_by(needed, within)
        if _is_limited(client):
            rows = rows.filter(Exists(readable(client).filter(pk=OuterRef(key))))
    else:
        key, rows = "pk", readable(client).standing().filter(within)
    if wanted.cursor:
        stored, last = wanted.cursor
        beyond = "gt" if wanted.ascending else "lt"
        rows = rows.filter(Q(**{f"stored__{beyond}": stored}) | Q(**{"stored": stored, f"{key}__{beyond}": last}))
    order = ("stored", key) if wanted.ascending else ("-stored", f"-{key}")
    return list(rows.order_by(*order).values_list(key, "stored", _text_of(key))[: wanted.limit + 1])


def _within(wanted: Filter) -> Q:
    """Between which moments the page lies."""
    bounds = between(wanted.since, wanted.until)
    if wanted.cursor:
        bounds &= Q(**{f"stored__{'gte' if wanted.ascending else 'lte'}": wanted.cursor[0]})
    return bounds


def _own_terms(client: Client) -> list[UUID]:
    """What narrows the search to what the client may read, so that it need not pass over all the rest."""
    if client.registration is not None:
        return [terms.registration_term(client.registration)]
    if client.actor is not None:
        return [terms.term(terms.AGENT, identity(client.actor) or "")]
    if Scope.READ_STATEMENTS not in client.scopes:
        return [terms.term(terms.RELATED_AGENT, identity(client.authority) or "")]
    return []


def _is_limited(client: Client) -> bool:
    return client.person_id is not None or Scope.READ_STATEMENTS not in client.scopes


def _text_of(key: str) -> Cast | Subquery:
    """The text of the statement that ``key`` names."""
    if key == "pk":
        return _text()
    return Subquery(Statement.objects.filter(pk=OuterRef(key)).order_by().values(text=_text()))


def _text() -> Cast:
    """The statement as JSON text, without a round through Python's objects."""
    return Cast("body", TextField() if connection.vendor == "postgresql" else CharField())


def _content(use: AttachmentUse) -> bytes:
    with use.attachment.file.open("rb") as file:
        return bytes(file.read())


def _dump(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False)
