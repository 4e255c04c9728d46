"""Two tabs or devices that save the same state: what one changed and the other did not is kept from both.

Where both changed a value, what comes now wins; but of two that went on from the same beginning (a list or a text that
grew), the further one does if it is on the same way. Fields of objects, and places of lists that stayed as long as they
were, are merged one by one.
"""

import json
import re
from typing import Any

_MISSING = object()
# A browser writes half a surrogate pair, which a text cut within an emoji ends with, as an escape.
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_DEEPEST = 40


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
