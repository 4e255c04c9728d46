"""Who: agents and groups, and what identifies them (Data 2.4.2)."""

from __future__ import annotations

from typing import Any

from learning.tracking.xapi.errors import RefusedError
from learning.tracking.xapi.formats import is_iri, is_mailbox, is_sha1

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_AGENT = frozenset({"objectType", "name", *IDENTIFIERS})
_GROUP = _AGENT | {"member"}
_ACCOUNT = frozenset({"homePage", "name"})


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
