"""Consent, and the record of who opened whose file."""

import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.belonging import unit_of
from membership.models import Consent, ConsentText, FileAccess, Membership, Person, User
from membership.policy import STAFF_ROLES, standing_roles

TEXTS = Path(__file__).resolve().parent.parent / "data" / "consent"


@transaction.atomic
def publish_consent_text(*, version: str, text: str, by: User | None, at: datetime.datetime) -> ConsentText:
    """A new version, asked of everyone from now on. Idempotent: a version that stands with this text is returned."""
    if by is not None and not by.is_superuser:
        raise PermissionDenied("only administrators publish consent texts")
    standing = ConsentText.objects.filter(version=version).first()
    if standing and standing.text != text:
        raise ValidationError(_("This version is published already. Give the new text a new version."))
    if standing:
        return standing
    published = ConsentText.objects.create(version=version, text=text, published_at=at)
    log(instance=published, action="membership.publish_consent_text", user=by, data={"version": version})
    return published


def load_consent_texts(*, by: User | None, at: datetime.datetime) -> list[ConsentText]:
    """Publishes the texts that come with the site, the file's name being the version; those that stand stay."""
    standing = set(ConsentText.objects.values_list("version", flat=True))
    return [
        publish_consent_text(version=path.stem, text=path.read_text(encoding="utf-8").strip(), by=by, at=at)
        for path in sorted(TEXTS.glob("*.txt"))
        if path.stem not in standing
    ]


@transaction.atomic
def accept_consent(*, person: Person, text: ConsentText, by: User, at: datetime.datetime) -> Consent:
    """Explicit consent to one version, with its moment; given twice it stays the first. Only for oneself."""
    _require_oneself(person, by)
    consent, is_new = Consent.objects.get_or_create(
        person=person, text=text, withdrawn_at=None, defaults={"given_at": at}
    )
    if is_new:
        log(instance=consent, action="membership.accept_consent", user=by, data={"version": text.version})
    return consent


@transaction.atomic
def withdraw_consent(*, person: Person, by: User, at: datetime.datetime) -> int:
    """Withdraws every consent that stands; tells how many. What was recorded before stays until erased.

    From then on no session of the account passes before consent is given again.
    """
    _require_oneself(person, by)
    standing = list(Consent.objects.filter(person=person, withdrawn_at=None).order_by("pk"))
    Consent.objects.filter(pk__in=[consent.pk for consent in standing]).update(withdrawn_at=at)
    User.objects.filter(person=person).update(consent_withdrawn_at=at)
    if standing:
        log(
            instance=standing[-1],
            action="membership.withdraw_consent",
            user=by,
            data={"consents": [consent.pk for consent in standing]},
        )
    return len(standing)


def log_file_access(*, user: User, person: Person, what: str, at: datetime.datetime) -> None:
    """Notes who opened whose file, in the name of which unit; opening one's own is nobody's business."""
    if user.person_id == person.pk:
        return
    office = _office_over(person, user, timezone.localdate(at))
    FileAccess.objects.create(user=user, person=person, unit=office.unit if office else None, what=what, at=at)


def _office_over(person: Person, user: User, day: datetime.date) -> Membership | None:
    """The user's role whose unit the person belongs to; lacking one, any that they hold."""
    offices = [membership for membership in standing_roles(user) if membership.role in STAFF_ROLES]
    home = unit_of(person, day)
    over = [office for office in offices if home and home.path.startswith(office.unit.path)]
    return next(iter(over or offices), None)


def _require_oneself(person: Person, by: User) -> None:
    if by.person_id != person.pk:
        raise PermissionDenied("consent is one's own")
