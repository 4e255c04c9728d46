"""JSON from strangers, as strictly as the standard reads it and no deeper than anyone writes it: what other readers
take for text, numbers or members is refused, and what is read can be walked through.
"""

import json
import math
import re
from typing import Any

DEEPEST = 100
# An escape that may stand for half a surrogate pair, which is no text.
_HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]", re.ASCII)


class NotJsonError(ValueError):
    """Why it is none, in a sentence for programs."""


def parse_json(text: bytes | str) -> Any:
    """Strict JSON in UTF-8, each member of an object once. Raises NotJsonError."""
    try:
        plain = text.decode() if isinstance(text, bytes) else text
        found = json.loads(plain, parse_constant=no_constant, parse_float=finite, object_pairs_hook=_object)
        if _HALF_PAIR.search(plain):
            json.dumps(found, ensure_ascii=False).encode()
    except NotJsonError:
        raise
    except (ValueError, RecursionError):
        raise NotJsonError("This is not JSON in UTF-8.") from None
    if plain.count("[") + plain.count("{") > DEEPEST:
        _demand_shallow(found)
    return found


def no_constant(name: str) -> None:
    raise ValueError(name)


def finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


def _demand_shallow(found: Any) -> None:
    level = [found]
    for _depth in range(DEEPEST):
        level = [part for each in level for part in _parts(each)]
    if level:
        raise NotJsonError(f"This JSON is nested deeper than {DEEPEST} levels.")


def _parts(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        raise NotJsonError("In an object of this JSON, a name stands twice.")
    return found
