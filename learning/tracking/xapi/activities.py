"""What about: activities, their definitions and interactions (Data 2.4.4.1)."""

from __future__ import annotations

from typing import Any

from learning.tracking.xapi.errors import RefusedError
from learning.tracking.xapi.formats import is_iri, is_language

_ACTIVITY = frozenset({"objectType", "id", "definition"})
COMPONENTS = ("choices", "scale", "source", "target", "steps")
_INTERACTION = frozenset({"interactionType", "correctResponsesPattern", *COMPONENTS})
_DEFINITION = frozenset({"name", "description", "type", "moreInfo", "extensions"}) | _INTERACTION
_INTERACTION_TYPES = frozenset(
    {"true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric",
     "other"}
)  # fmt: skip
_DEEPEST = 64


def check_activity(value: Any, where: str) -> None:
    """Raises RefusedError."""
    if not isinstance(value, dict) or value.get("objectType", "Activity") != "Activity":
        raise RefusedError(f"{where} is not an Activity.")
    if not value.keys() <= _ACTIVITY:
        raise RefusedError(f"{where} has properties that an Activity does not have.")
    check_iri(value.get("id"), f"{where}.id")
    if "definition" in value:
        check_definition(value["definition"], f"{where}.definition")


def check_definition(value: Any, where: str) -> None:
    """Raises RefusedError."""
    if not isinstance(value, dict) or not value.keys() <= _DEFINITION:
        raise RefusedError(f"{where} is not an Activity Definition.")
    for name in ("name", "description"):
        if name in value:
            check_language_map(value[name], where)
    for name in ("type", "moreInfo"):
        if name in value:
            check_iri(value[name], where)
    if "extensions" in value:
        check_extensions(value["extensions"], where)
    if not _INTERACTION.isdisjoint(value):
        _check_interaction(value, where)


def check_iri(value: Any, where: str) -> None:
    if not isinstance(value, str) or not is_iri(value):
        raise RefusedError(f"{where} is not an IRI.")


def check_language_map(value: Any, where: str) -> None:
    if not isinstance(value, dict):
        raise RefusedError(f"{where}: a language map is missing.")
    for tag, text in value.items():
        if not is_language(tag) or not isinstance(text, str):
            raise RefusedError(f"{where}: not a language map.")


def check_extensions(value: Any, where: str) -> None:
    """Keys are IRIs; what stands under them is free, but not deeper than any purpose asks for."""
    if not isinstance(value, dict):
        raise RefusedError(f"{where}.extensions is not an object.")
    for key, inner in value.items():
        if not is_iri(key):
            raise RefusedError(f"{where}.extensions: a key is not an IRI.")
        if isinstance(inner, dict | list):
            check_depth(inner, where)


def check_depth(value: Any, where: str) -> None:
    """Raises RefusedError for what is nested deeper than databases like."""
    level: list[Any] = [value]
    for _step in range(_DEEPEST):
        level = [inner for outer in level for inner in _children(outer)]
        if not level:
            return
    raise RefusedError(f"{where} is nested too deeply.")


def _children(outer: Any) -> list[Any]:
    held = outer.values() if isinstance(outer, dict) else outer
    return [inner for inner in held if isinstance(inner, dict | list)]


def _check_interaction(value: dict[str, Any], where: str) -> None:
    kind = value.get("interactionType")
    if not isinstance(kind, str) or kind not in _INTERACTION_TYPES:
        raise RefusedError(f"{where}.interactionType is missing or unknown.")
    patterns = value.get("correctResponsesPattern", [])
    if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
        raise RefusedError(f"{where}.correctResponsesPattern is not an array of strings.")
    for name in COMPONENTS:
        if name in value:
            _check_components(value[name], f"{where}.{name}")


def _check_components(value: Any, where: str) -> None:
    if not isinstance(value, list):
        raise RefusedError(f"{where} is not an array.")
    seen = set()
    for component in value:
        if not isinstance(component, dict) or not component.keys() <= {"id", "description"}:
            raise RefusedError(f"{where} holds something that is no interaction component.")
        key = component.get("id")
        if not isinstance(key, str) or not key or key in seen:
            raise RefusedError(f"{where}: each component has an id of its own.")
        seen.add(key)
        if "description" in component:
            check_language_map(component["description"], where)
