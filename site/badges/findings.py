"""What a badge says, and whether that holds, by the public key alone and by a status list where one is given."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from badges.keys import PublicKey
from badges.proofs import NotGenuineError, check_jwt, check_proof, issuer_of
from badges.shape import Document, many, moment_of, text_of
from badges.status import is_set
from intake.strict_json import parse_json

_PURPOSE = "revocation"


@dataclass(frozen=True)
class Status:
    """Whether the badge is revoked, by a list that was made at that moment."""

    is_revoked: bool
    made_at: datetime.datetime


@dataclass(frozen=True)
class Finding:
    """A genuine badge. ``status`` is None where no status list was asked."""

    name: str
    achievement: str
    description: str
    signed_by: str
    valid_from: str
    address: str
    status: Status | None

    @property
    def is_revoked(self) -> bool | None:
        """None where no status list was asked."""
        return None if self.status is None else self.status.is_revoked


def read_badge(content: str, keys: Iterable[PublicKey], at: datetime.datetime) -> Document:
    """The credential in a downloaded file, JSON or JWT. Raises NotGenuineError unless one of the keys signed it."""
    if not content.lstrip().startswith("{"):
        return check_jwt(content, keys, at)
    try:
        document = parse_json(content)
    except ValueError as error:
        raise NotGenuineError("the file is broken") from error
    return check_proof(document, keys, at)


def find(credential: Document, keys: Iterable[PublicKey], at: datetime.datetime, status: Document | None) -> Finding:
    """What the credential says. Raises NotGenuineError when it is no badge, does not hold at that moment, or when the
    status list is not the one that it names, is not genuine or holds no more."""
    try:
        _require_valid(credential, at, "the badge")
        return _finding(credential, None if status is None else _status(credential, keys, at, status))
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        if isinstance(error, NotGenuineError):
            raise
        raise NotGenuineError("this is no badge of this kind") from error


def _finding(credential: Document, status: Status | None) -> Finding:
    if "OpenBadgeCredential" not in many(credential["type"]):
        raise NotGenuineError("this is no badge")
    subjects = many(credential["credentialSubject"])
    achievement = next(one["achievement"] for one in subjects if "achievement" in one)
    names = [
        text_of(item["identityHash"])
        for one in subjects
        for item in many(one.get("identifier", []))
        if item["identityType"] == "name"
    ]
    issuer = credential["issuer"]
    return Finding(
        name=", ".join(names),
        achievement=text_of(achievement["name"]),
        description=text_of(achievement["description"]),
        signed_by=text_of(issuer["name"]) if isinstance(issuer, dict) and "name" in issuer else issuer_of(credential),
        valid_from=str(credential.get("validFrom", "")),
        address=str(credential.get("id", "")),
        status=status,
    )


def _require_valid(credential: Document, at: datetime.datetime, what: str) -> None:
    if "validFrom" in credential and moment_of(credential["validFrom"], "validFrom") > at:
        raise NotGenuineError(f"{what} is not valid yet")
    if "validUntil" in credential and moment_of(credential["validUntil"], "validUntil") < at:
        raise NotGenuineError(f"{what} was valid until {credential['validUntil']}")


def _status(credential: Document, keys: Iterable[PublicKey], at: datetime.datetime, status: Document) -> Status:
    listed: dict[str, Any] = check_proof(status, keys, at)
    _require_valid(listed, at, "the status list")
    subject = listed["credentialSubject"]
    kinds = (many(listed["type"]), many(subject["type"]))
    if "BitstringStatusListCredential" not in kinds[0] or "BitstringStatusList" not in kinds[1]:
        raise NotGenuineError("this is no status list")
    entries = [entry for entry in many(credential["credentialStatus"]) if entry.get("statusPurpose") == _PURPOSE]
    entry = next((one for one in entries if one["statusListCredential"] == listed["id"]), None)
    if entry is None or _PURPOSE not in many(subject["statusPurpose"]):
        raise NotGenuineError("the status list is another")
    made_at = moment_of(listed["validFrom"], "validFrom")
    return Status(is_set(subject["encodedList"], int(entry["statusListIndex"])), made_at)
