"""A person is erased: at their own wish, or by who manages them and has been asked to."""

import datetime
import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import APIToken, ModelLogEntry, PageSubscription
from wagtail.users.models import UserProfile

from intake.actions import forget_imports
from membership.actions.people import new_code, person_title
from membership.models import FileAccess, Membership, Person, Role, TargetGroupPeriod, User
from membership.policy import Action, require_over
from membership.querysets import standing_on
from membership.signals import person_erased

_OF_ACCOUNT = (EmailAddress, Authenticator, UserProfile, APIToken, EditingSession, FormState, PageSubscription)


@transaction.atomic
def erase_person(*, person: Person, by: User, at: datetime.datetime) -> Person:
    """Nothing personal stays in any app; what figures rest on stays under a pseudonym. Idempotent.

    Raises PermissionDenied, and ValidationError for a duplicate record or for who still holds an office.
    """
    if person.erased_at is not None:
        return person
    day = timezone.localdate(at)
    _require_own_record(person)
    if by.person_id != person.pk:
        require_over(by, Action.MANAGE_PEOPLE, person, day)
    _require_no_office(person, day)
    records = [person, *Person.objects.filter(merged_into=person)]
    person_erased.send(Person, person_ids=[record.pk for record in records], by=by, at=at)
    for record in records:
        _erase_record(record, day, at)
    person.refresh_from_db()
    log(instance=person, action="membership.erase_person", user=by, title=person_title(person))
    return person


def _require_own_record(person: Person) -> None:
    if person.merged_into_id:
        raise ValidationError(_("This record was merged into another one. Erase that one: this one goes with it."))


def _require_no_office(person: Person, day: datetime.date) -> None:
    if person.memberships.filter(standing_on(day)).exclude(role=Role.MEMBER).exists():
        raise ValidationError(_("This person still holds an office. End it first, so that their work is handed over."))


def _erase_record(record: Person, day: datetime.date, at: datetime.datetime) -> None:
    known = {record.full_name, record.folded_name, record.code}
    user = User.objects.filter(person=record).first()
    if user is not None:
        known |= {user.username, user.email, user.get_full_name()}
        _erase_account(user)
    ModelLogEntry.objects.filter(label__in=known - {""}).update(label=person_title(record))
    FileAccess.objects.filter(person=record).delete()
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
        citizen_id_hash="",
        erased_at=at,
    )


def _erase_account(user: User) -> None:
    """The account stays as a number, for what it did to others is theirs to know; nobody can enter by it again."""
    for model in _OF_ACCOUNT:
        model._default_manager.filter(user=user).delete()
    forget_imports(user_ids=[user.pk])
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.username, user.email, user.first_name, user.last_name = f"erased-{secrets.token_hex(8)}", "", "", ""
    user.sign_up, user.last_login, user.is_active, user.is_superuser = None, None, False, False
    user.set_unusable_password()
    user.save()
