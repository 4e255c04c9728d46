"""A title as an Open Badges 3.0 credential: what the certificate says and no more about the person, with the
indicators that the title rests on."""

import base64
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from evaluation.recognition.badges.keys import SigningKey, signing_key
from evaluation.recognition.badges.proofs import CREDENTIALS, OPEN_BADGES, as_jwt, moment, with_proof
from evaluation.recognition.badges.shape import Document
from evaluation.recognition.badges.status import encoded, place_of
from evaluation.recognition.certificate import body_of
from evaluation.recognition.models import Title

# How long a saved status list may be asked: who was revoked since does not stand on it.
STATUS_HOLDS = datetime.timedelta(days=7)
_NAME = "Công dân học tập"
_DRAWING = Path(__file__).parents[1] / "papers" / "seal.svg"


@dataclass(frozen=True)
class Addresses:
    """Where the site answers: each with its trailing slash, absolute."""

    site: str
    verification: str
    criteria: str
    status_lists: str


def credential_of(title: Title, issuer: Document, addresses: Addresses) -> Document:
    """The unsigned credential of a title that is joined as for its certificate. Changes with nothing but the title."""
    number, place = place_of(title.pk)
    status_list = status_list_address(addresses, number)
    verification = f"{addresses.verification}{title.code}/"
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": verification,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{_NAME} năm {title.year}",
        "issuer": issuer,
        "validFrom": moment(_signed_at(title)),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identity(title.person.full_name, "name"), _identity(title.number, "identifier")],
            "achievement": _achievement(title, addresses),
        },
        "credentialStatus": {
            "id": f"{status_list}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place),
            "statusListCredential": status_list,
        },
    }


def status_list_of(
    number: int, revoked: list[int], issuer: Document, addresses: Addresses, at: datetime.datetime
) -> Document:
    """The unsigned status list of that number, made at that moment; ``revoked`` are primary keys of titles on it."""
    address = status_list_address(addresses, number)
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer["id"],
        "validFrom": moment(at),
        "validUntil": moment(at + STATUS_HOLDS),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(place_of(key)[1] for key in revoked),
        },
    }


def issuer_profile(did: str, name: str, addresses: Addresses) -> Document:
    return {"id": did, "type": ["Profile"], "name": name, "url": addresses.site}


def status_list_address(addresses: Addresses, number: int) -> str:
    return f"{addresses.status_lists}{number}.json"


def badge_of(title: Title, key: SigningKey, at: datetime.datetime) -> Document:
    """The title's badge, signed at that moment."""
    return with_proof(_credential(title, key), key, at)


def badge_jwt_of(title: Title, key: SigningKey) -> str:
    return as_jwt(_credential(title, key), key)


def status_list(number: int, key: SigningKey, at: datetime.datetime) -> Document:
    """Which titles of that list are revoked now, signed."""
    revoked = Title.objects.revoked_on(number)
    places = addresses()
    profile = issuer_profile(key.public.issuer, settings.BADGE_ISSUER_NAME, places)
    return with_proof(status_list_of(number, revoked, profile, places, at), key, at)


def status_for(credential: Document, at: datetime.datetime) -> Document | None:
    """The status list on which the credential of this site stands; None when the site gives no badges any more."""
    key = signing_key()
    if key is None:
        return None
    place = str(credential.get("credentialStatus", {}).get("statusListCredential", ""))
    number = place.removeprefix(addresses().status_lists).removesuffix(".json")
    return status_list(int(number), key, at) if number.isdecimal() and len(number) < 7 else None


def addresses() -> Addresses:
    verification = settings.BASE_URL + reverse("recognition:verify_form")
    return Addresses(
        site=settings.BASE_URL + "/",
        verification=verification,
        criteria=f"{settings.BASE_URL}/cong-dan-hoc-tap/",
        status_lists=settings.BASE_URL + reverse("recognition:status_list", args=[0]).removesuffix("0.json"),
    )


def _identity(value: str, kind: str) -> Document:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _achievement(title: Title, addresses: Addresses) -> Document:
    decision = title.decision
    body = body_of(decision.unit)
    day = f"{decision.signed_on:%d/%m/%Y}"
    return {
        "id": f"{addresses.criteria}#{title.year}",
        "type": ["Achievement"],
        "achievementType": "Award",
        "name": f"Danh hiệu “{_NAME}” năm {title.year}",
        "description": f"{body} công nhận, theo Quyết định số {decision.number} ngày {day}.",
        "criteria": {"id": addresses.criteria, "narrative": _narrative(title)},
        "creator": {"id": f"{addresses.site}#{decision.unit.code}", "type": ["Profile"], "name": body},
        "image": {"id": _drawing(), "type": "Image", "caption": f"Dấu hiệu {_NAME}"},
        "inLanguage": "vi",
        "alignment": _alignments(title, addresses),
    }


def _narrative(title: Title) -> str:
    criteria = (title.dossier.frozen or {}).get("criteria", {})
    if not criteria:
        return "Đạt các chỉ số của bộ tiêu chí Công dân học tập, qua tự đánh giá và thẩm định."
    threshold, floor = (str(criteria[key]).removesuffix(".0").replace(".", ",") for key in ("threshold", "floor"))
    return (
        f"Đạt từ {threshold} điểm trở lên và không chỉ số nào dưới {floor} điểm theo {criteria['name']} "
        f"({criteria['version']}), qua tự đánh giá và thẩm định."
    )


def _alignments(title: Title, addresses: Addresses) -> list[Document]:
    """The indicators as they were when the decision was made."""
    frozen = title.dossier.frozen or {}
    framework = frozen.get("criteria", {}).get("name", "")
    return [
        {
            "type": ["Alignment"],
            "targetType": "CFItem",
            "targetName": indicator["name"],
            "targetCode": str(indicator["number"]),
            "targetFramework": framework,
            "targetUrl": f"{addresses.criteria}#chi-so-{indicator['number']}",
        }
        for indicator in frozen.get("indicators", [])
    ]


def _signed_at(title: Title) -> datetime.datetime:
    """The beginning of the day on the decision, in Viet Nam's time."""
    if title.decision.signed_on is None:
        raise ValueError("a title without a signed decision")
    return datetime.datetime.combine(title.decision.signed_on, datetime.time(), timezone.get_default_timezone())


@cache
def _drawing() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(_DRAWING.read_bytes()).decode("ascii")


def _credential(title: Title, key: SigningKey) -> Document:
    places = addresses()
    return credential_of(title, issuer_profile(key.public.issuer, settings.BADGE_ISSUER_NAME, places), places)
