"""What somebody achieved as an Open Badges 3.0 credential, and the public lists of what was revoked since: built from
plain values, signed with the site's key."""

import base64
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from badges.keys import SigningKey, signing_key
from badges.kinds import Kind, kinds
from badges.proofs import CREDENTIALS, OPEN_BADGES, as_jwt, moment, with_proof
from badges.shape import Document
from badges.status import encoded, place_of
from interface.owner import owner

LEARNED = Path(__file__).parent / "learned.svg"  # the drawing of what was learned
# How long a saved status list may be asked: who was revoked since does not stand on it.
STATUS_HOLDS = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Achieved:
    """``key`` is the primary key in its table, which gives its place on its kind's lists; ``identities`` say whose it
    is, as (value, kind): a name, a number."""

    kind: Kind
    key: int
    code: str
    name: str
    since: datetime.datetime
    identities: list[tuple[str, str]]
    achievement: Document


def credential_of(achieved: Achieved, issuer: Document) -> Document:
    """The unsigned credential. Changes with nothing but what was achieved."""
    number, place = place_of(achieved.key)
    status_list = achieved.kind.list_address(number)
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": settings.BASE_URL + achieved.kind.path_of(achieved.code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achieved.name,
        "issuer": issuer,
        "validFrom": moment(achieved.since),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identity(value, kind) for value, kind in achieved.identities],
            "achievement": achieved.achievement,
        },
        "credentialStatus": {
            "id": f"{status_list}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place),
            "statusListCredential": status_list,
        },
    }


def badge_of(achieved: Achieved, key: SigningKey, at: datetime.datetime) -> Document:
    """Signed at that moment."""
    return with_proof(credential_of(achieved, issuer_profile(key)), key, at)


def badge_jwt_of(achieved: Achieved, key: SigningKey) -> str:
    return as_jwt(credential_of(achieved, issuer_profile(key)), key)


def status_list_of(address: str, revoked: list[int], issuer: str, at: datetime.datetime) -> Document:
    """The unsigned list at that address, made at that moment; ``revoked`` are the primary keys on it."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": moment(at),
        "validUntil": moment(at + STATUS_HOLDS),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(place_of(key)[1] for key in revoked),
        },
    }


def status_list(kind: Kind, number: int, key: SigningKey, at: datetime.datetime) -> Document:
    """What of that list is revoked now, signed."""
    address = kind.list_address(number)
    return with_proof(status_list_of(address, kind.rows.revoked_on(number), key.public.issuer, at), key, at)


def status_for(credential: Document, at: datetime.datetime) -> Document | None:
    """The status list on which the credential of this site stands; None when the site gives no badges any more."""
    key = signing_key()
    place = str(credential.get("credentialStatus", {}).get("statusListCredential", ""))
    number = place.rpartition("/")[2].removesuffix(".json")
    if key is None or not number.isdecimal() or len(number) > 6:
        return None
    kind = next((kind for kind in kinds if kind.list_address(int(number)) == place), None)
    return status_list(kind, int(number), key, at) if kind else None


@cache
def image_of(drawing: Path, caption: str) -> Document:
    """The SVG in the file, so that a badge shows it wherever it is kept."""
    content = base64.b64encode(drawing.read_bytes()).decode("ascii")
    return {"id": f"data:image/svg+xml;base64,{content}", "type": "Image", "caption": caption}


def issuer_profile(key: SigningKey) -> Document:
    url = settings.BASE_URL + "/"
    return {"id": key.public.issuer, "type": ["Profile"], "name": issuer_name(), "url": url}


def issuer_name() -> str:
    """The one set for badges, else that of who answers for the site."""
    return str(settings.BADGE_ISSUER_NAME or owner().name or settings.WAGTAIL_SITE_NAME)


def _identity(value: str, kind: str) -> Document:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
