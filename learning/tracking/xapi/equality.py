"""When two statements are the same one (Data 2.3.1): what a store adds, and what may differ, does not count."""

from __future__ import annotations

import json
import re
from typing import Any

from learning.tracking.xapi.agents import identity
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
