"""A statement without a person: a pseudonym in their place, and what they wrote themselves gone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from learning.tracking.xapi.agents import identity


def without_person(body: dict[str, Any], identities: Collection[str], pseudonym: dict[str, Any]) -> dict[str, Any]:
    """Wherever one of the identities stands, the pseudonym takes its place. If the actor is the person, or has them
    among its members, the response, the extensions and the attachments go as well: they are the person's own words.
    Verb, object, score, success, completion, duration and times stay: figures rest on them.
    """
    actor = body["actor"]
    is_theirs = any(identity(one) in identities for one in (actor, *actor.get("member", ())))
    left: dict[str, Any] = _replaced(body, identities, pseudonym)
    if not is_theirs:
        return left
    left.pop("attachments", None)
    for name, own_words in (("result", ("response", "extensions")), ("context", ("extensions",))):
        if name in left:
            left[name] = {key: value for key, value in left[name].items() if key not in own_words}
    return left


def _replaced(value: Any, identities: Collection[str], pseudonym: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_replaced(inner, identities, pseudonym) for inner in value]
    if not isinstance(value, dict):
        return value
    if _names(value, identities):
        return {**pseudonym, "objectType": value.get("objectType", "Agent")}
    return {key: _replaced(inner, identities, pseudonym) for key, inner in value.items()}


def _names(value: dict[str, Any], identities: Collection[str]) -> bool:
    account = value.get("account")
    if account is not None and not (isinstance(account, dict) and {"homePage", "name"} <= account.keys()):
        return False
    digest = value.get("mbox_sha1sum")
    if digest is not None and not isinstance(digest, str):
        return False
    return identity(value) in identities
