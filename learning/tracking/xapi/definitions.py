"""Activity definitions: how a new one joins what is known, and what a reader of one language sees of it."""

from __future__ import annotations

from typing import Any

_MAPS = ("name", "description", "extensions")


def merged(known: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Languages and extensions add up; everything else is as told last."""
    whole = {**known, **told}
    for name in _MAPS:
        if name in known and name in told:
            whole[name] = {**known[name], **told[name]}
    return whole
