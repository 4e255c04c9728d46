"""What a badge says, and whether that holds: by the public key alone, and by a status list where one is given. Pure."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evaluation.recognition.badges.keys import PublicKey
from evaluation.recognition.badges.proofs import Document, NotGenuineError, check_jwt, check_proof
from evaluation.recognition.badges.status import is_set


@dataclass(frozen=True)
class Finding:
    """A genuine badge. ``is_revoked`` is None where no status list was asked."""

    name: str
    achievement: str
    description: str
    signed_by: str
    valid_from: str
    address: str
    is_revoked: bool | None


def read_badge(content: str, keys: Iterable[PublicKey]) -> Document:
    """The credential in a downloaded file, JSON or JWT. Raises NotGenuineError unless one of the keys signed it."""
    if not content.lstrip().startswith("{"):
        return check_jwt(content, keys)
    try:
        document = json.loads(content)
    except ValueError as error:
        raise NotGenuineError("the file is broken") from error
    return check_proof(document, keys)


def find(credential: Document, keys: Iterable[PublicKey], at: datetime.datetime, status: Document | None) -> Finding:
    """What the credential says. Raises NotGenuineError when it is no badge, is not valid yet, or when the status list
    is not the one that it names or not genuine."""
    try:
        return _finding(credential, _is_revoked(credential, keys, status), at)
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        if isinstance(error, NotGenuineError):
            raise
        raise NotGenuineError("this is no badge of a title") from error


def _finding(credential: Document, is_revoked: bool | None, at: datetime.datetime) -> Finding:
    if "OpenBadgeCredential" not in credential["type"]:
        raise NotGenuineError("this is no badge")
    if datetime.datetime.fromisoformat(credential["validFrom"]) > at:
        raise NotGenuineError("the badge is not valid yet")
    subject = credential["credentialSubject"]
    names = {item["identityType"]: item["identityHash"] for item in subject["identifier"]}
    return Finding(
        name=str(names["name"]),
        achievement=str(subject["achievement"]["name"]),
        description=str(subject["achievement"]["description"]),
        signed_by=str(credential["issuer"]["name"]),
        valid_from=str(credential["validFrom"]),
        address=str(credential["id"]),
        is_revoked=is_revoked,
    )


def _is_revoked(credential: Document, keys: Iterable[PublicKey], status: Document | None) -> bool | None:
    if status is None:
        return None
    listed: dict[str, Any] = check_proof(status, keys)
    entry = credential["credentialStatus"]
    if listed["id"] != entry["statusListCredential"]:
        raise NotGenuineError("the status list is another")
    return is_set(listed["credentialSubject"]["encodedList"], int(entry["statusListIndex"]))
