"""Two records of one person become one."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.actions.people import person_title
from membership.merging import merge_parts
from membership.models import Consent, FileAccess, Membership, Person, User
from membership.policy import Action, require_over


@transaction.atomic
def merge_people(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> Person:
    """Moves all that is the duplicate's to the record that stays. Idempotent; the duplicate's row stays, pointing on.

    Apps above move their part through ``membership.merging.merge_parts``, in the same transaction.
    """
    day = timezone.localdate(at)
    require_over(by, Action.MANAGE_PEOPLE, into, day)
    if duplicate.merged_into_id == into.pk:
        return into
    require_over(by, Action.MANAGE_PEOPLE, duplicate, day)
    _require_mergeable(duplicate, into)
    _move_memberships(duplicate, into, day)
    _move_groups(duplicate, into, day)
    _move_consents(duplicate, into)
    FileAccess.objects.filter(person=duplicate).update(person=into)
    _move_account(duplicate, into)
    for part in merge_parts:
        part(duplicate=duplicate, into=into, by=by, at=at)
    _point_on(duplicate, into)
    log(
        instance=into,
        action="membership.merge_people",
        user=by,
        title=person_title(into),
        data={"duplicate": duplicate.pk},
    )
    return into


def _require_mergeable(duplicate: Person, into: Person) -> None:
    if duplicate.pk == into.pk:
        raise ValidationError(_("Choose two different records."))
    if duplicate.merged_into_id or into.merged_into_id:
        raise ValidationError(_("One of these records was merged into another one already."))
    hashes = {duplicate.citizen_id_hash, into.citizen_id_hash} - {""}
    if len(hashes) == 2:
        raise ValidationError(_("These records carry different citizen IDs: they are two people."))


def _move_memberships(duplicate: Person, into: Person, day: datetime.date) -> None:
    """Each role moves; one that the other record holds openly too is ended today, or dropped if it began today."""
    held = set(into.memberships.filter(valid_to=None).values_list("unit_id", "role"))
    for membership in Membership.objects.filter(person=duplicate):
        is_double = membership.valid_to is None and (membership.unit_id, membership.role) in held
        if is_double and membership.valid_from >= day:
            membership.delete()
            continue
        if is_double:
            membership.valid_to = day
        membership.person = into
        membership.save(update_fields=["person", "valid_to"])


def _move_groups(duplicate: Person, into: Person, day: datetime.date) -> None:
    """The record that stays keeps its own periods; only where it has none do the duplicate's move."""
    if not into.target_groups.exists():
        duplicate.target_groups.update(person=into)
    duplicate.target_groups.filter(valid_to=None, valid_from__lt=day).update(valid_to=day)


def _move_consents(duplicate: Person, into: Person) -> None:
    accepted = into.consents.filter(withdrawn_at=None).values_list("text_id", flat=True)
    Consent.objects.filter(person=duplicate).exclude(withdrawn_at=None, text_id__in=list(accepted)).update(person=into)


def _move_account(duplicate: Person, into: Person) -> None:
    """The account moves if the other record has none; else it is closed, since one person signs in once."""
    user = User.objects.filter(person=duplicate).first()
    if user is None:
        return
    if User.objects.filter(person=into).exists():
        user.is_active = False
    else:
        user.person = into
    user.save(update_fields=["person", "is_active"])


def _point_on(duplicate: Person, into: Person) -> None:
    Person.objects.filter(merged_into=duplicate).update(merged_into=into)
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    if duplicate.citizen_id_hash and not into.citizen_id_hash:
        into.citizen_id_hash = duplicate.citizen_id_hash
        into.save(update_fields=["citizen_id_hash"])
