"""Accounts of an outside sign-on, tied to ours and untied. See decision 0137."""

import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.actions.people import citizen_id_hash
from membership.age import AGREES_FROM_AGE, TOO_YOUNG_FOR_ACCOUNT, is_old_enough
from membership.models import Person, User
from membership.policy import STAFF_ROLES
from membership.querysets import ending_after


@transaction.atomic
def open_by_citizen_id(*, citizen_id: str, at: datetime.datetime) -> User | None:
    """An account for whom the roster has under this number; None where it has nobody.

    Raises ValidationError for who has an account (they tie the two together themselves, signed in), for who holds an
    office (the province lets them in), and for who is too young.
    """
    known = Person.objects.select_for_update().filter(citizen_id_hash=citizen_id_hash(citizen_id), merged_into=None)
    person = known.filter(erased_at=None).first()
    if person is None:
        return None
    if User.objects.filter(person=person).exists():
        raise ValidationError(
            _("You have an account here already. Sign in as before, then connect the two on your account page.")
        )
    if person.memberships.filter(ending_after(timezone.localdate(at)), role__in=STAFF_ROLES).exists():
        raise ValidationError(_("You hold an office: open your account with a slip from the province's office first."))
    year = person.birth_year
    if year is None or not is_old_enough(year, person.birth_day, timezone.localdate(at), AGREES_FROM_AGE):
        raise ValidationError(TOO_YOUNG_FOR_ACCOUNT)
    user = User(username=person.code, person=person, date_joined=at)
    user.set_unusable_password()
    user.save()
    _log(user, "open_by_citizen_id")
    return user


@transaction.atomic
def connect_sign_on(*, by: User, at: datetime.datetime) -> None:
    """The entry alone: allauth has just saved the rest."""
    _log(by, "connect_sign_on")


@transaction.atomic
def disconnect_sign_on(*, by: User, at: datetime.datetime) -> None:
    """Raises ValidationError where it is the only way in. Once more changes nothing."""
    has_passkey = Authenticator.objects.filter(user=by, type=Authenticator.Type.WEBAUTHN).exists()
    if not by.has_usable_password() and not has_passkey:
        raise ValidationError(_("This is your only way in. Choose a password first."))
    removed, _each = SocialAccount.objects.filter(user=by).delete()
    if removed:
        _log(by, "disconnect_sign_on")


def _log(user: User, entry: str) -> None:
    log(instance=user, action=f"membership.{entry}", user=user, title=f"user {user.pk}")
