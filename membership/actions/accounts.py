"""Accounts: from a citizen's sign-up to their record, and the second factor of the demo."""

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from membership.actions.people import add_person
from membership.models import Membership, TargetGroup, Unit, UnitKind, User
from membership.sessions import SessionStore

SIGN_UP_KEPT_FOR = datetime.timedelta(days=14)


@transaction.atomic
def keep_sign_up(*, user: User, full_name: str, birth_year: int | None, commune: Unit, at: datetime.datetime) -> None:
    """Keeps what a citizen told when signing up, until their mailbox is proven: see ``admit_citizen``."""
    user.sign_up = {"full_name": full_name, "birth_year": birth_year, "commune": commune.pk}
    user.save(update_fields=["sign_up"])
    log(instance=user, action="membership.keep_sign_up", user=user, title=_title(user), data={"commune": commune.pk})


@transaction.atomic
def admit_citizen(*, user: User, at: datetime.datetime) -> bool:
    """Makes the record of a citizen who signed up, at their first sign-in; tells whether it did.

    They become a member of the association of their commune, marked as self-declared until an officer confirms.
    """
    if user.person_id or not user.sign_up:
        return False
    told: dict[str, Any] = user.sign_up
    commune = Unit.objects.get(pk=told["commune"])
    association = commune.get_children().filter(kind=UnitKind.ASSOCIATION).first() or commune
    person = add_person(
        full_name=told["full_name"],
        birth_year=told["birth_year"],
        group=TargetGroup.RESIDENTS,
        unit=association,
        by=None,
        at=at,
    )
    Membership.objects.filter(person=person).update(is_self_declared=True)
    user.person, user.sign_up = person, None
    user.save(update_fields=["person", "sign_up"])
    log(instance=user, action="membership.admit_citizen", user=user, title=_title(user), data={"person": person.pk})
    return True


@transaction.atomic
def forget_stale_sign_ups(*, at: datetime.datetime) -> int:
    """Deletes accounts whose mailbox nobody proved in time, with what was told; tells how many."""
    stale = User.objects.filter(
        person=None, last_login=None, sign_up__isnull=False, date_joined__lt=at - SIGN_UP_KEPT_FOR
    )
    count = 0
    for user in stale:
        log(instance=user, action="membership.forget_sign_up", title=_title(user))
        user.delete()
        count += 1
    return count


@transaction.atomic
def set_totp_secret(*, user: User, secret: str, by: User, at: datetime.datetime) -> None:
    """Gives an account a known second factor, for the demo; people set up their own on the account pages."""
    if by.pk != user.pk and not by.is_superuser:
        raise PermissionDenied("a second factor is one's own")
    kept = {"data": {"secret": encrypt(secret)}}
    Authenticator.objects.update_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults=kept, create_defaults={**kept, "created_at": at}
    )
    log(instance=user, action="membership.set_totp_secret", user=by, title=_title(user))


def end_sessions(user: User) -> None:
    """Signs the account out on every device."""
    for key in user.sessions.values_list("pk", flat=True):
        SessionStore(key).delete()


def _title(user: User) -> str:
    return f"user {user.pk}"
