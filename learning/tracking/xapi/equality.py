"""When two statements are the same one (Data 2.3.1): what a store adds, and what may differ, does not count."""

from __future__ import annotations

import json
from typing import Any

from learning.tracking.xapi.agents import identity
from learning.tracking.xapi.formats import V1, moment

_ADDED = frozenset({"stored", "authority", "version"})


def is_same_statement(stored: dict[str, Any], sent: dict[str, Any], *, has_own_time: bool) -> bool:
    """``has_own_time``: the client gave a timestamp; the one that the store fills in says nothing."""
    ignored = _ADDED if has_own_time else _ADDED | {"timestamp"}
    return _essence(stored, ignored) == _essence(sent, ignored)


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
