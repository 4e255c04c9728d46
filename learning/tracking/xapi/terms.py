"""What a statement can be found by. Each thing that a filter may name becomes a term, a digest of 16 bytes: rows of
(term, stored, statement) answer every filter in the order of time from one index.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from learning.tracking.xapi.activities import identity

VERB, REGISTRATION = "verb", "registration"
AGENT, RELATED_AGENT = "agent", "related agent"
ACTIVITY, RELATED_ACTIVITY = "activity", "related activity"


@lru_cache(maxsize=16384)
def term(kind: str, value: str) -> UUID:
    return UUID(bytes=blake2b(f"{kind}\n{value}".encode(errors="surrogatepass"), digest_size=16).digest())


def registration_term(value: str | UUID) -> UUID:
    return term(REGISTRATION, str(value).lower())


def terms_of(statement: dict[str, Any]) -> set[UUID]:
    """The terms of a well-formed statement itself, without those of a statement that it refers to."""
    found = {term(VERB, statement["verb"]["id"])}
    if registration := statement.get("context", {}).get("registration"):
        found.add(registration_term(registration))
    for agent in _direct_agents(statement):
        found |= {term(AGENT, agent), term(RELATED_AGENT, agent)}
    for agent in _related_agents(statement):
        found.add(term(RELATED_AGENT, agent))
    target = statement["object"]
    if target.get("objectType", "Activity") == "Activity":
        found |= {term(ACTIVITY, target["id"]), term(RELATED_ACTIVITY, target["id"])}
    for activity in _context_activities(statement):
        found.add(term(RELATED_ACTIVITY, activity["id"]))
    if target.get("objectType") == "SubStatement":
        found |= _terms_of_part(target)
    return found


def activities_of(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every activity that the statement names, sub-statements included."""
    target = statement["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        yield target
    elif kind == "SubStatement":
        yield from activities_of(target)
    yield from _context_activities(statement)


def actors_of(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every agent and group that the statement names, members and sub-statements included; the authority is not."""
    context = statement.get("context", {})
    named = [statement["actor"], context.get("instructor"), context.get("team")]
    named += [entry["agent"] for entry in context.get("contextAgents", ())]
    named += [entry["group"] for entry in context.get("contextGroups", ())]
    target = statement["object"]
    if target.get("objectType") in ("Agent", "Group"):
        named.append(target)
    for actor in named:
        if actor:
            yield actor
            yield from actor.get("member", ())
    if target.get("objectType") == "SubStatement":
        yield from actors_of(target)


def _direct_agents(statement: dict[str, Any]) -> Iterator[str]:
    yield from _identities(statement["actor"])
    if statement["object"].get("objectType") in ("Agent", "Group"):
        yield from _identities(statement["object"])


def _related_agents(statement: dict[str, Any]) -> Iterator[str]:
    if "authority" in statement:
        yield from _identities(statement["authority"])
    context = statement.get("context")
    if context:
        for actor in (context.get("instructor"), context.get("team")):
            if actor:
                yield from _identities(actor)
        for entry in context.get("contextAgents", ()):
            yield from _identities(entry["agent"])
        for entry in context.get("contextGroups", ()):
            yield from _identities(entry["group"])


def _identities(actor: dict[str, Any]) -> Iterator[str]:
    """The actor's own and, of a group, those of its members."""
    for one in (actor, *actor.get("member", ())):
        if (found := identity(one)) is not None:
            yield found


def _context_activities(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for found in statement.get("context", {}).get("contextActivities", {}).values():
        yield from found if isinstance(found, list) else (found,)


def _terms_of_part(part: dict[str, Any]) -> set[UUID]:
    """A sub-statement is found as something related, never by its verb or registration."""
    agents = {term(RELATED_AGENT, agent) for actor in actors_of(part) for agent in _identities(actor)}
    return agents | {term(RELATED_ACTIVITY, activity["id"]) for activity in activities_of(part)}
