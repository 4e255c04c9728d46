"""What the player's page sends: entries with a key each, so that one that comes twice counts once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

MOST_ENTRIES = 60
LONGEST_VALUE = 200_000
VERBS = frozenset({"attempted", "answered", "completed", "mastered", "passed", "failed"})


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
        json.loads(text, parse_constant=_no_constant)
    names = [said["subContent"], said["field"]]
    if len(value) > LONGEST_VALUE or not all(isinstance(name, str) and 0 < len(name) <= 64 for name in names):
        raise ValueError("too long")
    if "\0" in "".join(names) or "\\u0000" in value:
        raise ValueError("a zero byte")
    # Raises where half a surrogate pair stands as such; as an escape it may stay in the value.
    "".join([*names, value]).encode()
    return StateEntry(key, names[0], names[1], value, base)


def _no_constant(name: str) -> None:
    raise ValueError(name)
