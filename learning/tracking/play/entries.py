"""What a running content says, read without trust; and states, merged where two tabs had their part in them. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from intake.strict_json import no_constant

MOST_ENTRIES = 60
LONGEST_VALUE = 200_000
VERBS = frozenset({"attempted", "answered", "completed", "mastered", "passed", "failed"})
_MISSING = object()
# A browser writes half a surrogate pair, which a text cut within an emoji ends with, as an escape.
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_DEEPEST = 40


class EntriesError(ValueError):
    """The request is not what the player sends. Says what is wrong."""


@dataclass(frozen=True)
class StateEntry:
    """``value`` and ``base``, the value that it was changed from, are JSON texts."""

    key: UUID
    sub_content: str
    field: str
    value: str
    base: str | None


@dataclass(frozen=True)
class SaidEntry:
    """A statement of the content or of a part of it; a result is one of the whole with all responses."""

    key: UUID
    verb: str
    is_result: bool
    data: Any


Entry = StateEntry | SaidEntry


def read_entries(body: bytes) -> tuple[list[Entry], list[str]]:
    """The entries that can be read, and the keys of those that cannot. Raises EntriesError for another body."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise EntriesError(_("That is no readable JSON.")) from wrong
    listed = said.get("entries") if isinstance(said, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_ENTRIES:
        raise EntriesError(_("That is not what the player sends."))
    entries: list[Entry] = []
    refused: list[str] = []
    for one in listed:
        try:
            entries.append(_entry(one))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            refused.append(str(one.get("key", ""))[:64] if isinstance(one, dict) else "")
    return entries, refused


def merged_text(base: str | None, mine: str, theirs: str) -> str:
    """The same for JSON texts. Without a base, what comes now wins."""
    if base is None or base == theirs:
        return mine
    if mine in (base, theirs):
        return theirs
    result = merged(json.loads(base), json.loads(mine), json.loads(theirs), 0)
    text = json.dumps(result, ensure_ascii=False, separators=(",", ":"))
    return _HALF_PAIR.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def merged(base: Any, mine: Any, theirs: Any, depth: int = 0) -> Any:
    """``mine`` with what ``theirs`` changed from ``base`` where mine did not; where both did, mine."""
    if _is_same(mine, base) or depth > _DEEPEST:
        return theirs if depth <= _DEEPEST else mine
    if _is_same(theirs, base):
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _merged_objects(base if isinstance(base, dict) else {}, mine, theirs, depth)
    are_lists = isinstance(mine, list) and isinstance(theirs, list) and isinstance(base, list)
    if are_lists and len(mine) == len(theirs) == len(base):
        return [merged(*three, depth + 1) for three in zip(base, mine, theirs, strict=True)]
    return theirs if _goes_on(mine, base) and _goes_on(theirs, mine) else mine


def _entry(said: Any) -> Entry:
    key, kind = UUID(said["key"]), said["kind"]
    if kind == "state":
        return _state(key, said)
    if kind not in ("statement", "result") or said["verb"] not in VERBS:
        raise ValueError(kind)
    return SaidEntry(key, said["verb"], kind == "result", said["data"])


def _state(key: UUID, said: dict[str, Any]) -> StateEntry:
    value, base = said["value"], said.get("base")
    for text in [value] if base is None else [value, base]:
        json.loads(text, parse_constant=no_constant)
    names = [said["subContent"], said["field"]]
    if len(value) > LONGEST_VALUE or not all(isinstance(name, str) and 0 < len(name) <= 64 for name in names):
        raise ValueError("too long")
    if "\0" in "".join(names) or "\\u0000" in value:
        raise ValueError("a zero byte")
    # Raises where half a surrogate pair stands as such; as an escape it may stay in the value.
    "".join([*names, value]).encode()
    return StateEntry(key, names[0], names[1], value, base)


def _merged_objects(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], depth: int) -> dict[str, Any]:
    names = list(dict.fromkeys([*mine, *theirs]))
    values = {
        name: merged(base.get(name, _MISSING), mine.get(name, _MISSING), theirs.get(name, _MISSING), depth + 1)
        for name in names
    }
    return {name: value for name, value in values.items() if value is not _MISSING}


def _goes_on(longer: Any, shorter: Any) -> bool:
    """Whether it begins with the other, be it a text or a list."""
    is_kind = isinstance(longer, str) and isinstance(shorter, str)
    is_kind = is_kind or (isinstance(longer, list) and isinstance(shorter, list))
    return is_kind and bool(_is_same(longer[: len(shorter)], shorter))


def _is_same(one: Any, other: Any) -> bool:
    """Equal, and of the same kind: 1 is not True."""
    return type(one) is type(other) and one == other
