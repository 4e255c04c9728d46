"""What scorers share. A scorer is a pure function of the content's parameters, as this site keeps them, and of the
raw responses that came in; what the content claims as its score is not looked at.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SEPARATOR = "[,]"
_SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"
_DEEPEST = 8
_MOST_CHILDREN = 500


class UnverifiableError(Exception):
    """The responses fit no way of playing this content, or nobody wrote a scorer for it. Says why, in English."""


@dataclass(frozen=True)
class Scored:
    score: float
    maximum: float


@dataclass(frozen=True)
class Reported:
    """What a content, or a part of it, says: its raw response, its claim, and its parts."""

    sub_content: str = ""
    response: str | None = None
    claimed: float | None = None
    claimed_maximum: float | None = None
    children: tuple[Reported, ...] = field(default=())

    @property
    def parts(self) -> list[str]:
        """The response in its parts; nothing given is no part."""
        return self.response.split(SEPARATOR) if self.response else []

    @property
    def indexes(self) -> list[int]:
        """The response as different numbers. Raises UnverifiableError."""
        if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in self.parts):
            raise UnverifiableError("the response is no list of numbers")
        found = [int(part) for part in self.parts]
        if len(set(found)) < len(found):
            raise UnverifiableError("an answer was given twice")
        return found


Params = dict[str, Any]
Scorer = Callable[[Params, Reported], Scored]


def reported(data: Any, depth: int = 0) -> Reported:
    """What getXAPIData() gave, read without trust. Raises UnverifiableError."""
    if not isinstance(data, dict) or depth > _DEEPEST:
        raise UnverifiableError("the report is not built as H5P says")
    statement = _object(data.get("statement"))
    result = _object(statement.get("result"))
    score = _object(result.get("score"))
    children = data.get("children") or []
    if not isinstance(children, list) or len(children) > _MOST_CHILDREN:
        raise UnverifiableError("the report is not built as H5P says")
    response = result.get("response")
    return Reported(
        sub_content=_sub_content(_object(statement.get("object"))),
        response=response if isinstance(response, str) else None,
        claimed=_number(score.get("raw")),
        claimed_maximum=_number(score.get("max")),
        children=tuple(reported(child, depth + 1) for child in children),
    )


def plain(text: Any) -> str:
    """The words of a field without tags and entities."""
    return html.unescape(re.sub(r"<[^>]*>", "", str(text or ""))).replace("\xa0", " ")


def group(params: Any, *names: str) -> Params:
    """The group at that path; empty where there is none."""
    for name in names:
        params = params.get(name) if isinstance(params, dict) else None
    return params if isinstance(params, dict) else {}


def rows(value: Any) -> list[Params]:
    """The groups of a list; anything else in it is passed over."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sub_content(target: dict[str, Any]) -> str:
    named = group(target, "definition", "extensions").get(_SUB_CONTENT)
    if isinstance(named, str):
        return named
    address = target.get("id")
    return address.partition("?subContentId=")[2] if isinstance(address, str) else ""


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6
    return float(value) if is_number else None
