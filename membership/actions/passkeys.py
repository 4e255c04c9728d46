"""Passkeys: for a citizen instead of the password, for an officer a second factor too. See decision 0130."""

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import User
from membership.policy import is_staff_member

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@transaction.atomic
def add_passkey(*, user: User, name: str, credential: dict[str, Any], by: User, at: datetime.datetime) -> Authenticator:
    """``credential`` as the browser gave it, and found good. The same one again changes nothing."""
    _require_own(user, by)
    own = passkeys_of(user)
    standing = next((key for key in own if key.data["credential"].get("id") == credential.get("id")), None)
    if standing is not None:
        return standing
    passkey = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": credential}, created_at=at
    )
    _log(passkey, "add_passkey", by)
    return passkey


@transaction.atomic
def rename_passkey(*, passkey: Authenticator, name: str, by: User, at: datetime.datetime) -> None:
    _require_own(passkey.user, by)
    if passkey.data["name"] != name:
        passkey.data["name"] = name
        passkey.save(update_fields=["data"])
        _log(passkey, "rename_passkey", by)


@transaction.atomic
def remove_passkey(*, passkey: Authenticator, by: User, at: datetime.datetime) -> None:
    """Raises ValidationError where an officer would be left without a second factor."""
    _require_own(passkey.user, by)
    if not may_remove(passkey):
        raise ValidationError(
            _("Your role needs a second factor, and this passkey is your only one. Set up another one first.")
        )
    _log(passkey, "remove_passkey", by)
    passkey.delete()
    left = Authenticator.objects.filter(user=by)
    if not left.filter(type__in=SECOND_FACTORS).exists():
        left.delete()  # recovery codes stand in for nothing any more


def passkeys_of(user: User) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)


def end_passkeys(user: User) -> bool:
    """Part of renewing a password: whether there were any. An officer's stay, else a slip alone opened an office."""
    ended = [] if is_staff_member(user) else list(passkeys_of(user))
    for passkey in ended:
        _log(passkey, "remove_passkey", user)
        passkey.delete()
    return bool(ended)


def may_remove(factor: Authenticator) -> bool:
    """Whether the account keeps the second factor that its role needs."""
    others = Authenticator.objects.filter(user=factor.user, type__in=SECOND_FACTORS).exclude(pk=factor.pk)
    return not is_staff_member(factor.user) or others.exists()


def _require_own(user: User, by: User) -> None:
    if by.pk != user.pk:
        raise PermissionDenied("a passkey is one's own")


def _log(passkey: Authenticator, entry: str, by: User) -> None:
    """Ids only: what somebody calls a key tells of their things."""
    log(instance=by, action=f"membership.{entry}", user=by, title=f"user {by.pk}", data={"passkey": passkey.pk})
