"""When two statements are the same one (Data 2.3.1): what a store adds, and what may differ, does not count. And a
statement without a person: a pseudonym in their place, and what they wrote themselves gone."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from learning.tracking.xapi.activities import identity
from learning.tracking.xapi.formats import V1, moment

_ADDED = frozenset({"stored", "authority", "version"})
_BEYOND_HUNDREDTHS = re.compile(r"(?<=[.,]\d\d)\d+(?=S$)", re.ASCII)


def is_same_statement(stored: dict[str, Any], sent: dict[str, Any], *, has_own_time: bool) -> bool:
    """``has_own_time``: the client gave a timestamp; the one that the store fills in says nothing."""
    ignored = _ADDED if has_own_time else _ADDED | {"timestamp"}
    return _essence(to_hundredths(stored), ignored) == _essence(to_hundredths(sent), ignored)


def to_hundredths(statement: dict[str, Any]) -> dict[str, Any]:
    """With durations as far as they count where statements are compared (Data 4.6): a hundredth of a second. The
    statement may be malformed: a signature brings one of its own.
    """
    changed, target = _coarse(statement), statement.get("object")
    return {**changed, "object": _coarse(target)} if isinstance(target, dict) else changed


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


def _coarse(part: dict[str, Any]) -> dict[str, Any]:
    result = part.get("result")
    if not isinstance(result, dict) or not isinstance(result.get("duration"), str):
        return part
    return {**part, "result": {**result, "duration": _BEYOND_HUNDREDTHS.sub("", result["duration"])}}


def _essence(statement: dict[str, Any], ignored: frozenset[str]) -> Any:
    kept = {name: value for name, value in statement.items() if name not in ignored}
    kept["id"] = str(kept.get("id", "")).lower()
    kept["verb"] = kept["verb"]["id"]
    kept["actor"] = _actor(kept["actor"])
    if "timestamp" in kept:
        kept["timestamp"] = moment(kept["timestamp"], V1).isoformat()
    if "context" in kept:
        kept["context"] = _context(kept["context"])
    target = kept["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        kept["object"] = {"objectType": kind, "id": target["id"]}
    elif kind in ("Agent", "Group"):
        kept["object"] = _actor(target)
    elif kind == "SubStatement":
        kept["object"] = _essence(target, frozenset())
    return kept


def _context(context: dict[str, Any]) -> dict[str, Any]:
    kept = dict(context)
    for name in ("instructor", "team"):
        if name in kept:
            kept[name] = _actor(kept[name])
    if "registration" in kept:
        kept["registration"] = kept["registration"].lower()
    if "contextActivities" in kept:
        kept["contextActivities"] = {
            name: sorted(activity["id"] for activity in (found if isinstance(found, list) else [found]))
            for name, found in kept["contextActivities"].items()
        }
    return kept


def _actor(actor: dict[str, Any]) -> Any:
    """Whom it names: names and the order of members may differ."""
    members = sorted(json.dumps(_actor(member)) for member in actor.get("member", ()))
    return [actor.get("objectType", "Agent"), identity(actor), members]


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
