"""JSON as strictly as the specification reads it, refused with its status."""

from typing import Any

from intake import strict_json
from learning.tracking.xapi.formats import RefusedError


def parse_json(text: bytes | str) -> Any:
    """Strict JSON in UTF-8, each member of an object once. Raises RefusedError."""
    try:
        return strict_json.parse_json(text)
    except strict_json.NotJsonError as wrong:
        raise RefusedError(str(wrong)) from None
