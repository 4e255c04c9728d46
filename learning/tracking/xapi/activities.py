"""Who and what about: agents and groups, and what identifies them (Data 2.4.2); activities, their definitions and
interactions (Data 2.4.4.1)."""

from __future__ import annotations

from typing import Any

from learning.tracking.xapi.formats import RefusedError, is_iri, is_language, is_mailbox, is_sha1

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_AGENT = frozenset({"objectType", "name", *IDENTIFIERS})
_GROUP = _AGENT | {"member"}
_ACCOUNT = frozenset({"homePage", "name"})
_ACTIVITY = frozenset({"objectType", "id", "definition"})
COMPONENTS = ("choices", "scale", "source", "target", "steps")
_INTERACTION = frozenset({"interactionType", "correctResponsesPattern", *COMPONENTS})
_DEFINITION = frozenset({"name", "description", "type", "moreInfo", "extensions"}) | _INTERACTION
_INTERACTION_TYPES = frozenset(
    {"true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric",
     "other"}
)  # fmt: skip
_DEEPEST = 64


def check_actor(value: Any, where: str) -> None:
    """An agent or a group. Raises RefusedError."""
    kind = value.get("objectType", "Agent") if isinstance(value, dict) else None
    if kind == "Agent":
        check_agent(value, where)
    elif kind == "Group":
        check_group(value, where)
    else:
        raise RefusedError(f"{where} is neither an Agent nor a Group.")


def check_agent(value: Any, where: str) -> None:
    """Raises RefusedError."""
    if not isinstance(value, dict) or value.get("objectType", "Agent") != "Agent":
        raise RefusedError(f"{where} is not an Agent.")
    if not value.keys() <= _AGENT:
        raise RefusedError(f"{where} has properties that an Agent does not have.")
    _check_name(value, where)
    if _check_identifiers(value, where) != 1:
        raise RefusedError(f"{where} needs exactly one of mbox, mbox_sha1sum, openid and account.")


def check_group(value: Any, where: str) -> None:
    """Raises RefusedError."""
    if not isinstance(value, dict) or value.get("objectType") != "Group":
        raise RefusedError(f"{where} is not a Group.")
    if not value.keys() <= _GROUP:
        raise RefusedError(f"{where} has properties that a Group does not have.")
    _check_name(value, where)
    count = _check_identifiers(value, where)
    members = value.get("member", [] if count else None)
    if not isinstance(members, list) or count > 1 or not (members or count):
        raise RefusedError(f"{where} is a Group without one identifier and without members.")
    for member in members:
        check_agent(member, f"{where}.member")


def check_authority(value: Any) -> None:
    """An agent, or the pair of agents that 3-legged OAuth makes. Raises RefusedError."""
    check_actor(value, "authority")
    if value.get("objectType") != "Group":
        return
    if len(value.get("member", ())) != 2 or any(name in value for name in IDENTIFIERS):
        raise RefusedError("authority as a Group is anonymous and has two members.")


def identity(value: dict[str, Any]) -> str | None:
    """What tells the agent or identified group from all others; None for an anonymous group.

    A mailbox and its SHA-1 are two identities: the store does not look for mailboxes behind digests.
    """
    if (mailbox := value.get("mbox")) is not None:
        return str(mailbox)
    if (account := value.get("account")) is not None:
        return f"account:{account['homePage']} {account['name']}"
    if (digest := value.get("mbox_sha1sum")) is not None:
        return f"sha1:{digest.lower()}"
    if (openid := value.get("openid")) is not None:
        return f"openid:{openid}"
    return None


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


def _check_name(value: dict[str, Any], where: str) -> None:
    if "name" in value and not isinstance(value["name"], str):
        raise RefusedError(f"{where}.name is not a string.")


def _check_identifiers(value: dict[str, Any], where: str) -> int:
    """How many identifiers there are, each checked."""
    count = 0
    for name, check in _CHECKS.items():
        if name in value:
            count += 1
            found = value[name]
            if not check(found):
                raise RefusedError(f"{where}.{name} is not well formed.")
    return count


def _is_mailbox(found: Any) -> bool:
    return isinstance(found, str) and is_mailbox(found) is not None


def _is_digest(found: Any) -> bool:
    return isinstance(found, str) and is_sha1(found) is not None


def _is_openid(found: Any) -> bool:
    return isinstance(found, str) and is_iri(found)


def _is_account(found: Any) -> bool:
    return (
        isinstance(found, dict)
        and found.keys() == _ACCOUNT
        and isinstance(found["name"], str)
        and found["name"] != ""
        and isinstance(found["homePage"], str)
        and is_iri(found["homePage"])
    )


_CHECKS = {"mbox": _is_mailbox, "mbox_sha1sum": _is_digest, "openid": _is_openid, "account": _is_account}


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
