"""How people are reached."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.actions.people import person_title
from membership.contacts import normal_form
from membership.models import Contact, ContactKind, ContactPurpose, Person, User
from membership.policy import Action, require_consenting, require_over


@dataclass(frozen=True)
class ContactEntry:
    kind: ContactKind
    value: str
    purpose: ContactPurpose = ContactPurpose.NOTICES
    is_verified: bool = False


@transaction.atomic
def keep_contacts(*, person: Person, contacts: Iterable[ContactEntry], by: User, at: datetime.datetime) -> None:
    """These and no others are the person's from now on; the same ones change nothing.

    Raises PermissionDenied, and ValidationError for what is no phone or address, or where somebody vouches for
    themselves.
    """
    require_over(by, Action.MANAGE_PEOPLE, person, timezone.localdate(at))
    standing = {(contact.kind, contact.value): contact for contact in person.contacts.all()}
    wanted = {(entry.kind, normal_form(entry.kind, entry.value)): entry for entry in contacts}
    gone = [standing[key].pk for key in standing.keys() - wanted.keys()]
    kept = [_kept(standing.get(key), person, *key, entry, at) for key, entry in wanted.items()]
    changed = [contact for contact, is_changed in kept if is_changed]
    if by.person_id == person.pk and any(contact.verified_at == at for contact in changed):
        raise ValidationError(_("This is your own contact: ask another officer to verify it."))
    if not gone and not changed:
        return
    _require_wanted(person, changed)
    Contact.objects.filter(pk__in=gone).delete()
    for contact in changed:
        contact.save()
    data = {"kept": len(wanted), "changed": len(changed), "deleted": len(gone)}
    log(instance=person, action="membership.keep_contacts", user=by, title=person_title(person), data=data)


@transaction.atomic
def forget_contacts(person_id: int) -> None:
    """All but what the person signs in with: they do not want to be called or written to. Idempotent."""
    Contact.objects.filter(person=person_id).exclude(purpose=ContactPurpose.SIGN_IN).delete()


def _require_wanted(person: Person, changed: Iterable[Contact]) -> None:
    """Raises ValidationError for what the person does not agree to."""
    require_consenting(person.pk)
    is_reached = any(contact.purpose != ContactPurpose.SIGN_IN for contact in changed)
    if is_reached and Person.objects.refusing("contacts").filter(pk=person.pk).exists():
        raise ValidationError(_("This person does not want to be called or written to."))


def _kept(
    standing: Contact | None, person: Person, kind: str, value: str, entry: ContactEntry, at: datetime.datetime
) -> tuple[Contact, bool]:
    """As it will stand, and whether that is new."""
    contact = standing or Contact(person=person, kind=kind, value=value)
    before = (contact.pk, contact.purpose, contact.verified_at)
    contact.purpose = entry.purpose
    contact.verified_at = (contact.verified_at or at) if entry.is_verified else None
    return contact, contact.pk is None or before != (contact.pk, contact.purpose, contact.verified_at)
