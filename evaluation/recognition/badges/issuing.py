"""Badges of this site: its name, its addresses and its key put together."""

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from evaluation.recognition.badges.credentials import (
    Addresses,
    credential_of,
    issuer_profile,
    status_list_of,
)
from evaluation.recognition.badges.keys import SigningKey, signing_key
from evaluation.recognition.badges.proofs import as_jwt, moment, with_proof
from evaluation.recognition.models import Title

Document = dict[str, Any]


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
    return with_proof(status_list_of(number, revoked, profile, places, moment(at)), key, at)


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


def _credential(title: Title, key: SigningKey) -> Document:
    places = addresses()
    return credential_of(title, issuer_profile(key.public.issuer, settings.BADGE_ISSUER_NAME, places), places)
