"""Records of people: one that is erased, and two of one person that become one."""

import datetime
import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import APIToken, ModelLogEntry, PageSubscription
from wagtail.users.models import UserProfile

from intake.actions import forget_imports, forget_lines_about
from membership.actions.accounts import end_sessions
from membership.actions.consent import settle_withdrawal
from membership.actions.doubles import settle_merged
from membership.actions.people import hold, new_code, person_title
from membership.actions.slips import end_slips
from membership.merging import merge_parts
from membership.models import (
    Consent,
    Contact,
    FileAccess,
    Membership,
    Person,
    PhoneCode,
    PossibleDouble,
    Role,
    Slip,
    TargetGroupPeriod,
    User,
)
from membership.policy import STAFF_ROLES, Action, require_over
from membership.querysets import standing_on
from membership.signals import person_erased
from work.actions import forget_letters

_OF_ACCOUNT = (
    *(EmailAddress, Authenticator, SocialAccount, PhoneCode),
    *(UserProfile, APIToken, EditingSession, FormState, PageSubscription),
)


@transaction.atomic
def erase_person(*, person: Person, by: User, at: datetime.datetime) -> Person:
    """Nothing personal stays in any app; what figures rest on stays under a pseudonym. Idempotent.

    Raises PermissionDenied, and ValidationError for a duplicate record or for who still holds an office.
    """
    hold(person)
    if person.erased_at is not None:
        return person
    day = timezone.localdate(at)
    _require_own_record(person)
    if by.person_id != person.pk:
        require_over(by, Action.MANAGE_PEOPLE, person, day)
    require_no_office(person, day)
    records = [person, *Person.objects.filter(merged_into=person)]
    person_erased.send(Person, person_ids=[record.pk for record in records], by=by, at=at)
    PossibleDouble.objects.of_people(record.pk for record in records).delete()
    for record in records:
        _erase_record(record, day, at)
    person.refresh_from_db()
    log(instance=person, action="membership.erase_person", user=by, title=person_title(person))
    return person


@transaction.atomic
def merge_people(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> Person:
    """Moves all that is the duplicate's to the record that stays. Idempotent; the duplicate's row stays, pointing on.

    Raises PermissionDenied, and ValidationError for two people, for a record that was merged meanwhile, or for one's
    own: what one entered for the other record would vouch for oneself. Apps above move their part through
    ``membership.merging.merge_parts``, in the same transaction.
    """
    day = timezone.localdate(at)
    hold(duplicate, into)
    require_over(by, Action.MANAGE_PEOPLE, into, day)
    if duplicate.merged_into_id == into.pk:
        return into
    require_over(by, Action.MANAGE_PEOPLE, duplicate, day)
    require_mergeable(duplicate, into)
    if by.person_id in {duplicate.pk, into.pk}:
        raise ValidationError(_("One of these records is your own: ask another officer to merge them."))
    carry_over(duplicate=duplicate, into=into, by=by, at=at)
    return into


def carry_over(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    """The merging itself, within a transaction that holds both records; whose it may be is the caller's to ask."""
    day = timezone.localdate(at)
    _move_memberships(duplicate, into, at)
    _move_groups(duplicate, into, day)
    _move_consents(duplicate, into)
    _move_contacts(duplicate, into)
    FileAccess.objects.filter(person=duplicate).update(person=into)
    end_slips(person=duplicate, at=at)
    Slip.objects.filter(person=duplicate).update(person=into)
    _move_account(duplicate, into)
    for part in merge_parts:
        part(duplicate=duplicate, into=into, by=by, at=at)
    settle_merged(duplicate=duplicate, into=into, by=by, at=at)
    _point_on(duplicate, into)
    settle_withdrawal(into)
    log(
        instance=into,
        action="membership.merge_people",
        user=by,
        title=person_title(into),
        data={"duplicate": duplicate.pk},
    )


def _require_own_record(person: Person) -> None:
    if person.merged_into_id:
        raise ValidationError(_("This record was merged into another one. Erase that one: this one goes with it."))


def _erase_record(record: Person, day: datetime.date, at: datetime.datetime) -> None:
    known = {record.full_name, record.folded_name, record.code}
    user = User.objects.filter(person=record).first()
    if user is not None:
        known |= {user.username, user.email, user.get_full_name()}
        _erase_account(user)
    ModelLogEntry.objects.filter(label__in=known - {""}).update(label=person_title(record))
    forget_lines_about(code=record.code)
    FileAccess.objects.filter(person=record).delete()
    contacts = Contact.objects.filter(person=record)
    forget_letters(addresses=list(contacts.values_list("value", flat=True)))
    contacts.delete()
    Slip.objects.filter(person=record).delete()
    Consent.objects.filter(person=record).update(representative="")
    TargetGroupPeriod.objects.filter(person=record).delete()
    Membership.objects.filter(person=record, valid_from__gte=day).delete()
    Membership.objects.filter(standing_on(day), person=record).update(valid_to=day)
    pseudonym = person_title(record)
    Person.objects.filter(pk=record.pk).update(
        full_name=pseudonym,
        folded_name=pseudonym,
        sort_key=pseudonym,
        code=new_code(),
        birth_year=None,
        birth_day=None,
        citizen_id_hash="",
        erased_at=at,
    )


def _erase_account(user: User) -> None:
    """The account stays as a number, for what it did to others is theirs to know; nobody can enter by it again."""
    forget_letters(addresses={user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)})
    for model in _OF_ACCOUNT:
        model._default_manager.filter(user=user).delete()
    forget_imports(user_ids=[user.pk])
    end_sessions(user)
    user.groups.clear()
    user.user_permissions.clear()
    user.username, user.email, user.first_name, user.last_name = f"erased-{secrets.token_hex(8)}", "", "", ""
    user.sign_up, user.last_login = None, None
    user.is_active, user.is_superuser = False, False
    user.set_unusable_password()
    user.save()


def require_no_office(person: Person, day: datetime.date) -> None:
    """Raises ValidationError."""
    if person.memberships.filter(standing_on(day)).exclude(role=Role.MEMBER).exists():
        raise ValidationError(_("This person still holds an office. End it first, so that their work is handed over."))


def require_mergeable(duplicate: Person, into: Person) -> None:
    if duplicate.pk == into.pk:
        raise ValidationError(_("Choose two different records."))
    if duplicate.merged_into_id or into.merged_into_id:
        raise ValidationError(_("One of these records was merged into another one already."))
    hashes = {duplicate.citizen_id_hash, into.citizen_id_hash} - {""}
    if len(hashes) == 2:
        raise ValidationError(_("These records carry different citizen IDs: they are two people."))


def _move_memberships(duplicate: Person, into: Person, at: datetime.datetime) -> None:
    """Each role moves; one that the other record holds openly too is ended today, or dropped if it began today. As
    where it is given, an office ends the slip that is out."""
    day = timezone.localdate(at)
    held = set(into.memberships.filter(valid_to=None).values_list("unit_id", "role"))
    for membership in Membership.objects.filter(person=duplicate):
        is_double = membership.valid_to is None and (membership.unit_id, membership.role) in held
        if is_double and membership.valid_from >= day:
            membership.delete()
            continue
        if is_double:
            membership.valid_to = day
        if membership.role in STAFF_ROLES:
            end_slips(person=into, at=at)
        membership.person = into
        membership.save(update_fields=["person", "valid_to"])


def _move_groups(duplicate: Person, into: Person, day: datetime.date) -> None:
    """The record that stays keeps its own periods; only where it has none do the duplicate's move."""
    if not into.target_groups.exists():
        duplicate.target_groups.update(person=into)
    duplicate.target_groups.filter(valid_to=None, valid_from__lt=day).update(valid_to=day)


def _move_consents(duplicate: Person, into: Person) -> None:
    """The last word counts: what was agreed to before the purpose was taken back on the other record goes with it."""
    of_both = Consent.objects.filter(person__in=[duplicate, into])
    for purpose, last in of_both.order_by().values_list("text__purpose").annotate(last=Max("withdrawn_at")):
        if last is not None:
            earlier = of_both.filter(text__purpose=purpose, withdrawn_at=None, given_at__lt=last)
            earlier.update(withdrawn_at=last)
    accepted = into.consents.filter(withdrawn_at=None).values_list("text_id", flat=True)
    Consent.objects.filter(person=duplicate).exclude(withdrawn_at=None, text_id__in=list(accepted)).update(person=into)


def _move_contacts(duplicate: Person, into: Person) -> None:
    """What both have is kept once, verified if either was."""
    held = {(contact.kind, contact.value): contact for contact in into.contacts.all()}
    for contact in duplicate.contacts.all():
        double = held.get((contact.kind, contact.value))
        if double is None:
            contact.person = into
            contact.save(update_fields=["person"])
            continue
        double.verified_at = double.verified_at or contact.verified_at
        double.save(update_fields=["verified_at"])
        contact.delete()


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
