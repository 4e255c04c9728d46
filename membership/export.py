"""What a person takes along: each app adds its part.

An app above appends to ``export_parts`` in its ``AppConfig.ready`` a function that takes the person and returns
plain values under names of its own, for example ``{"evidence": [...]}``; to ``file_parts`` one that gives the files
that the person handed in, each with its place in the archive.
"""

import json
import tempfile
from collections.abc import Callable, Iterable
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F
from django.http import FileResponse
from wagtail.users.models import UserProfile

from membership.models import Consent, Contact, FileAccess, Membership, Person, Slip, TargetGroupPeriod, User
from membership.querysets import PersonQuerySet

_OF_SIGN_ON = ("provider", "uid", "extra_data", "date_joined", "last_login")
_OF_CONSENT = ("given_at", "withdrawn_at", "representative", "signed_on")

export_parts: list[Callable[[Person], dict[str, Any]]] = []
file_parts: list[Callable[[Person], Iterable[tuple[str, File]]]] = []


def export(person: Person) -> dict[str, Any]:
    """All that is kept about the person, ready for JSON (dates and moments as ISO text by Django's encoder)."""
    whole = _own_part(person)
    for part in export_parts:
        whole |= part(person)
    return whole


def export_response(person: Person) -> FileResponse:
    """The same and the person's files, as one archive to keep."""
    name = f"cong-dan-hoc-tap-{person.code}.zip"
    return FileResponse(_archive(person), as_attachment=True, filename=name, content_type="application/zip")


def _archive(person: Person) -> IO[bytes]:
    """Written to the disk, a file at a time: what somebody handed in over the years need not fit into memory."""
    written = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        told = json.dumps(export(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("du-lieu.json", told)
        for place, kept in (each for part in file_parts for each in part(person)):
            with kept.open("rb") as source, archive.open(place, "w") as target:
                while chunk := source.read(File.DEFAULT_CHUNK_SIZE):
                    target.write(chunk)
    written.seek(0)
    return written


def _own_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's."""
    records = Person.objects.records_of(person)
    about = {"person__in": records}
    unit = {"unit_code": F("unit__code"), "unit_name": F("unit__name")}
    periods = ("valid_from", "valid_to")
    memberships = Membership.objects.filter(**about).order_by("-valid_from", "pk")
    consents = Consent.objects.filter(**about).order_by("-given_at", "-pk")
    return {
        "person": _person(person),
        "merged_records": [_person(record) for record in records.exclude(pk=person.pk).order_by("pk")],
        "account": _account(person),
        "contacts": list(Contact.objects.filter(**about).values("kind", "value", "purpose", "verified_at")),
        "target_groups": list(TargetGroupPeriod.objects.filter(**about).values("group", *periods)),
        "memberships": list(memberships.values("role", "is_self_declared", "declined_at", *periods, **unit)),
        "consents": list(consents.values(*_OF_CONSENT, purpose=F("text__purpose"), version=F("text__version"))),
        "slips": _slips(records),
        "file_accesses": list(
            FileAccess.objects.filter(**about).values(
                "at", "what", opened_by=F("user__person__full_name"), for_unit=F("unit__name")
            )
        ),
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "code": person.code,
        "full_name": person.full_name,
        "birth_year": person.birth_year,
        "birth_day": person.birth_day,
        "has_citizen_id_digest": bool(person.citizen_id_hash),
        "created_at": person.created_at,
    }


def _slips(records: PersonQuerySet) -> list[dict[str, Any]]:
    """Who gave the person access; where they used it is kept as hashes, which tell them nothing."""
    kept = ("printed_at", "expires_at", "is_renewal", "confirmed_at", "tries", "used_at", "ended_at")
    return list(Slip.objects.filter(person__in=records).values(*kept, for_unit=F("office__name")))


def _account(person: Person) -> dict[str, Any] | None:
    """How the person signs in; passwords and secrets go nowhere."""
    user = User.objects.filter(person=person).first()
    if user is None:
        return None
    preferences = ("preferred_language", "current_time_zone", "theme", "contrast", "density", "avatar")
    return {
        "username": user.username,
        "email": user.email,
        "created_at": user.date_joined,
        "signed_in_at": user.last_login,
        "told_when_signing_up": user.sign_up,
        "email_addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_factors": _second_factors(user),
        "outside_sign_ons": list(SocialAccount.objects.filter(user=user).values(*_OF_SIGN_ON)),
        "preferences": list(UserProfile.objects.filter(user=user).values(*preferences)),
    }


def _second_factors(user: User) -> list[dict[str, Any]]:
    """Passkeys with what the person calls them; no secret of any."""
    return [
        {"type": kept.type, "created_at": kept.created_at, "last_used_at": kept.last_used_at}
        | ({"name": kept.data["name"]} if kept.type == Authenticator.Type.WEBAUTHN else {})
        for kept in Authenticator.objects.filter(user=user)
    ]
