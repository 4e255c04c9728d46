"""The context of a statement (Data 2.4.6), with the agents and groups that 2.0.0 adds."""

from __future__ import annotations

from typing import Any

from learning.tracking.xapi.activities import check_activity, check_extensions, check_iri
from learning.tracking.xapi.agents import check_actor, check_agent, check_group
from learning.tracking.xapi.errors import RefusedError
from learning.tracking.xapi.formats import V1, is_language, is_uuid

RELATIONS = ("parent", "grouping", "category", "other")
_CONTEXT = frozenset(
    {"registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
     "extensions"}
)  # fmt: skip
_CONTEXT_2 = _CONTEXT | {"contextAgents", "contextGroups"}
_RELATED = {"contextAgents": ("contextAgent", "agent"), "contextGroups": ("contextGroup", "group")}


def check_context(value: Any, version: str, *, is_about_activity: bool) -> None:
    """Raises RefusedError."""
    if not isinstance(value, dict) or not value.keys() <= (_CONTEXT if version == V1 else _CONTEXT_2):
        raise RefusedError("context is not a Context.")
    _check_scalars(value, is_about_activity)
    if "instructor" in value:
        check_actor(value["instructor"], "context.instructor")
    if "team" in value:
        check_group(value["team"], "context.team")
    if "contextActivities" in value:
        _check_context_activities(value["contextActivities"])
    if "statement" in value:
        check_reference(value["statement"], "context.statement")
    if "extensions" in value:
        check_extensions(value["extensions"], "context")
    for name in _RELATED.keys() & value.keys():
        _check_related(value[name], name)


def check_reference(value: Any, where: str) -> None:
    """A StatementRef. Raises RefusedError."""
    if not isinstance(value, dict) or value.keys() != {"objectType", "id"} or value["objectType"] != "StatementRef":
        raise RefusedError(f"{where} is not a StatementRef.")
    if not isinstance(value["id"], str) or not is_uuid(value["id"]):
        raise RefusedError(f"{where}.id is not a UUID.")


def _check_scalars(value: dict[str, Any], is_about_activity: bool) -> None:
    registration = value.get("registration", "")
    if "registration" in value and not (isinstance(registration, str) and is_uuid(registration)):
        raise RefusedError("context.registration is not a UUID.")
    for name in ("revision", "platform"):
        if name in value and not (is_about_activity and isinstance(value[name], str)):
            raise RefusedError(f"context.{name} is not a string, or the object is no Activity.")
    language = value.get("language", "")
    if "language" in value and not (isinstance(language, str) and is_language(language)):
        raise RefusedError("context.language is not a language tag.")


def _check_context_activities(value: Any) -> None:
    if not isinstance(value, dict) or not value or not value.keys() <= set(RELATIONS):
        raise RefusedError("contextActivities has parent, grouping, category or other, and nothing else.")
    for name, found in value.items():
        for activity in found if isinstance(found, list) else [found]:
            check_activity(activity, f"contextActivities.{name}")


def _check_related(value: Any, name: str) -> None:
    kind, inner = _RELATED[name]
    if not isinstance(value, list):
        raise RefusedError(f"context.{name} is not an array.")
    for entry in value:
        if not isinstance(entry, dict) or not {"objectType", inner} <= entry.keys() <= {"objectType", inner,
                                                                                       "relevantTypes"}:  # fmt: skip
            raise RefusedError(f"context.{name}: an entry lacks something or has too much.")
        if entry["objectType"] != kind:
            raise RefusedError(f"context.{name}: objectType is {kind}.")
        (check_agent if inner == "agent" else check_group)(entry[inner], f"context.{name}.{inner}")
        _check_relevant_types(entry, name)


def _check_relevant_types(entry: dict[str, Any], name: str) -> None:
    if "relevantTypes" not in entry:
        return
    types = entry["relevantTypes"]
    if not isinstance(types, list) or not types:
        raise RefusedError(f"context.{name}.relevantTypes is empty or no array.")
    for found in types:
        check_iri(found, f"context.{name}.relevantTypes")
