"""What a content said, as statements of this site: verb, object, score and context are set here; only the raw
response and whether the learner was through are the content's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings

from training_materials.packages.scoring import Verdict, VerdictKind
from training_materials.player.embedding import activity_iri

VERDICT_EXTENSION = "https://congdanhoctap.vn/xapi/verdict"
LONGEST_RESPONSE = 10_000
_ADL = "http://adlnet.gov/expapi/verbs/"
_SUB_CONTENT = re.compile(r"[0-9a-zA-Z\-]{1,64}", re.ASCII)
_DURATION = re.compile(r"P(?:T\d{1,7}(?:\.\d{1,4})?S)", re.ASCII)
_MOST_PARTS = 200


@dataclass(frozen=True)
class Told:
    """What the play knows of itself."""

    play_id: UUID
    version_id: UUID
    title: str
    main_library: str
    course_key: UUID


def key_of(play_id: UUID, key: UUID, place: int = 0) -> UUID:
    """The id under which an entry is stored: the same for the same play and key, and no other play's."""
    return uuid5(play_id, f"{key}/{place}")


def statements_of(told: Told, key: UUID, verb: str, data: Any, verdict: Verdict | None) -> list[dict[str, Any]]:
    """The statement of the whole and, for a result, those of its parts. ``verdict`` None: a remark on the way."""
    if verdict is None:
        return [_statement(told, key_of(told.play_id, key), verb, data, None)]
    whole = data.get("statement") if isinstance(data, dict) else None
    statements = [_statement(told, key_of(told.play_id, key), verb, whole, verdict)]
    for place, part in enumerate(_parts(data), start=1):
        statements.append(_statement(told, key_of(told.play_id, key, place), "answered", part, None))
    return statements


def responses_of(data: Any) -> list[dict[str, str]]:
    """The raw responses of the whole and its parts, each with the part's id."""
    whole = data.get("statement") if isinstance(data, dict) else None
    found = [(_sub_content(part), _response(part)) for part in (whole, *_parts(data))]
    return [{"part": part, "response": response} for part, response in found if response is not None]


def _parts(data: Any, depth: int = 0) -> Iterator[Any]:
    children = data.get("children") if isinstance(data, dict) else None
    if not isinstance(children, list) or depth > 5:
        return
    for child in children[:_MOST_PARTS]:
        if isinstance(child, dict):
            yield child.get("statement")
            yield from _parts(child, depth + 1)


def _statement(told: Told, statement_id: UUID, verb: str, said: Any, verdict: Verdict | None) -> dict[str, Any]:
    whole = activity_iri(told.version_id)
    part = _sub_content(said)
    context: dict[str, Any] = {
        "registration": str(told.play_id),
        "contextActivities": {
            "grouping": [{"id": f"{settings.BASE_URL}/khoa-hoc/{told.course_key}"}],
            "category": [{"id": f"http://h5p.org/libraries/{told.main_library.replace(' ', '-')}"}],
        },
    }
    if part:
        context["contextActivities"]["parent"] = [{"id": whole}]
    definition = {} if part else {"definition": {"name": {"vi": told.title}}}
    return {
        "id": str(statement_id),
        "verb": {"id": f"{_ADL}{verb}", "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": f"{whole}?subContentId={part}" if part else whole, **definition},
        "context": context,
        **_result(said, verdict),
    }


def _result(said: Any, verdict: Verdict | None) -> dict[str, Any]:
    result: dict[str, Any] = {}
    claimed = said.get("result") if isinstance(said, dict) else None
    claimed = claimed if isinstance(claimed, dict) else {}
    if (response := _response(said)) is not None:
        result["response"] = response
    if isinstance(claimed.get("completion"), bool):
        result["completion"] = claimed["completion"]
    if isinstance(claimed.get("duration"), str) and _DURATION.fullmatch(claimed["duration"]):
        result["duration"] = claimed["duration"]
    if verdict is not None:
        result["extensions"] = {VERDICT_EXTENSION: verdict.kind.value}
        if verdict.kind != VerdictKind.REJECTED and verdict.share is not None:
            result["score"] = {"scaled": round(verdict.share, 4), "raw": verdict.score, "min": 0,
                               "max": verdict.maximum}  # fmt: skip
    return {"result": result} if result else {}


def _response(said: Any) -> str | None:
    result = said.get("result") if isinstance(said, dict) else None
    response = result.get("response") if isinstance(result, dict) else None
    if not isinstance(response, str):
        return None
    # What no text may hold: zero bytes, and half a surrogate pair where the content cut an emoji.
    return response.replace("\0", "")[:LONGEST_RESPONSE].encode(errors="replace").decode()


def _sub_content(said: Any) -> str:
    target = said.get("object") if isinstance(said, dict) else None
    address = target.get("id") if isinstance(target, dict) else None
    named = address.partition("?subContentId=")[2] if isinstance(address, str) else ""
    return named if _SUB_CONTENT.fullmatch(named) else ""
