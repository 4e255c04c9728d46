"""What GET statements may ask for (Communication 2.1.3)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from learning.tracking.xapi import terms
from learning.tracking.xapi.activities import check_actor, identity
from learning.tracking.xapi.formats import RefusedError, as_text, is_iri, moment, uuid
from learning.tracking.xapi.strict_json import parse_json

MOST = 100
_SINGLE = ("statementId", "voidedStatementId")
_BESIDE_SINGLE = frozenset({"format", "attachments"})
_MANY = _BESIDE_SINGLE | {"agent", "verb", "activity", "registration", "related_activities", "related_agents", "since",
                          "until", "limit", "ascending", "cursor"}  # fmt: skip
FORMATS = ("exact", "ids", "canonical")


@dataclass(frozen=True)
class Filter:
    terms: tuple[UUID, ...]
    since: datetime.datetime | None
    until: datetime.datetime | None
    limit: int
    ascending: bool
    cursor: tuple[datetime.datetime, UUID] | None


@dataclass(frozen=True)
class Query:
    """``single`` and whether it is asked for as a voided one; or else a filter."""

    format: str
    attachments: bool
    single: UUID | None = None
    is_voided: bool = False
    filter: Filter | None = None


def read_query(params: Mapping[str, str], version: str) -> Query:
    """Raises RefusedError."""
    wanted = params.get("format", "exact")
    if wanted not in FORMATS:
        raise RefusedError("format is exact, ids or canonical.")
    with_attachments = _boolean(params, "attachments")
    single = [name for name in _SINGLE if name in params]
    if not single:
        return Query(wanted, with_attachments, filter=_read_filter(params, version))
    if len(single) > 1 or not params.keys() <= {*single, *_BESIDE_SINGLE}:
        raise RefusedError("Beside statementId or voidedStatementId only format and attachments are allowed.")
    name = single[0]
    return Query(wanted, with_attachments, uuid(params[name], name), name == "voidedStatementId")


def cursor_after(stored: datetime.datetime, key: UUID) -> str:
    return f"{as_text(stored)}_{key}"


def read_cursor(text: str) -> tuple[datetime.datetime, UUID]:
    """Raises RefusedError."""
    stored, _mark, key = text.partition("_")
    return moment(stored), uuid(key, "cursor")


def read_agent(text: str) -> dict[str, object]:
    """An agent or identified group given as a parameter. Raises RefusedError."""
    agent = parse_json(text)
    check_actor(agent, "agent")
    if identity(agent) is None:
        raise RefusedError("agent is an Agent or an identified Group.")
    return dict(agent)


def _read_filter(params: Mapping[str, str], version: str) -> Filter:
    if not params.keys() <= _MANY:
        raise RefusedError(f"Unknown parameter: {', '.join(sorted(params.keys() - _MANY))}.")
    return Filter(
        terms=tuple(_terms(params)),
        since=moment(params["since"], version) if "since" in params else None,
        until=moment(params["until"], version) if "until" in params else None,
        limit=_limit(params.get("limit", "0")),
        ascending=_boolean(params, "ascending"),
        cursor=read_cursor(params["cursor"]) if "cursor" in params else None,
    )


def _terms(params: Mapping[str, str]) -> list[UUID]:
    """Those that few statements have come first: the search begins with the first."""
    related_agents = _boolean(params, "related_agents")
    related_activities = _boolean(params, "related_activities")
    found = []
    if "registration" in params:
        found.append(terms.registration_term(uuid(params["registration"], "registration")))
    if "agent" in params:
        agent = identity(read_agent(params["agent"])) or ""
        found.append(terms.term(terms.RELATED_AGENT if related_agents else terms.AGENT, agent))
    if "activity" in params:
        kind = terms.RELATED_ACTIVITY if related_activities else terms.ACTIVITY
        found.append(terms.term(kind, _iri(params, "activity")))
    if "verb" in params:
        found.append(terms.term(terms.VERB, _iri(params, "verb")))
    return found


def _iri(params: Mapping[str, str], name: str) -> str:
    if not is_iri(params[name]):
        raise RefusedError(f"{name} is not an IRI.")
    return params[name]


def _boolean(params: Mapping[str, str], name: str) -> bool:
    value = params.get(name, "false")
    if value not in ("true", "false"):
        raise RefusedError(f"{name} is true or false.")
    return value == "true"


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise RefusedError("limit is a number, 0 or above.")
    return min(int(text) or MOST, MOST)
