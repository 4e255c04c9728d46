"""What somebody achieved as an Open Badges 3.0 credential, and the public lists of what was revoked since: built from
plain values, signed with the site's key."""

import datetime
from dataclasses import dataclass

from django.conf import settings

from badges.keys import SigningKey, signing_key
from badges.kinds import Kind, kinds
from badges.proofs import CREDENTIALS, OPEN_BADGES, as_jwt, moment, with_proof
from badges.shape import Document
from badges.status import encoded, place_of

# How long a saved status list may be asked: who was revoked since does not stand on it.
STATUS_HOLDS = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Achieved:
    """``key`` is the primary key in its table, which gives its place on the lists below ``status_lists``; ``address``
    is where it is verified; ``identities`` say whose it is, as (value, kind): a name, a number."""

    key: int
    address: str
    name: str
    since: datetime.datetime
    identities: list[tuple[str, str]]
    achievement: Document
    status_lists: str


def credential_of(achieved: Achieved, issuer: Document) -> Document:
    """The unsigned credential. Changes with nothing but what was achieved."""
    number, place = place_of(achieved.key)
    status_list = status_list_address(achieved.status_lists, number)
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": achieved.address,
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
    address = status_list_address(kind.status_lists(), number)
    return with_proof(status_list_of(address, kind.rows.revoked_on(number), key.public.issuer, at), key, at)


def status_for(credential: Document, at: datetime.datetime) -> Document | None:
    """The status list on which the credential of this site stands; None when the site gives no badges any more."""
    key = signing_key()
    place = str(credential.get("credentialStatus", {}).get("statusListCredential", ""))
    if key is None:
        return None
    for kind in kinds:
        number = place.removeprefix(kind.status_lists()).removesuffix(".json")
        if number.isdecimal() and len(number) < 7:
            return status_list(kind, int(number), key, at)
    return None


def status_list_address(status_lists: str, number: int) -> str:
    return f"{status_lists}{number}.json"


def issuer_profile(key: SigningKey) -> Document:
    name, url = settings.BADGE_ISSUER_NAME, settings.BASE_URL + "/"
    return {"id": key.public.issuer, "type": ["Profile"], "name": name, "url": url}


def _identity(value: str, kind: str) -> Document:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
