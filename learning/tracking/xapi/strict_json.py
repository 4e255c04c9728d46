"""JSON as strictly as the specification reads it: what other readers take for text, numbers or members is refused."""

import json
import math
import re
from typing import Any

from learning.tracking.xapi.formats import RefusedError

# An escape that may stand for half a surrogate pair, which is no text.
_HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]", re.ASCII)


def parse_json(text: bytes | str) -> Any:
    """Strict JSON in UTF-8, each member of an object once. Raises RefusedError."""
    try:
        plain = text.decode() if isinstance(text, bytes) else text
        found = json.loads(plain, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_object)
        if _HALF_PAIR.search(plain):
            json.dumps(found, ensure_ascii=False).encode()
        return found
    except (ValueError, RecursionError):
        raise RefusedError("This is not JSON in UTF-8.") from None


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        raise RefusedError("In an object of this JSON, a name stands twice.")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number
