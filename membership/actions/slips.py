"""Slips: printed by an officer, proven by whoever holds one, used once. See decision 0124."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from membership.actions.passkeys import end_passkeys
from membership.age import AGREES_FROM_AGE, TOO_YOUNG_FOR_ACCOUNT, is_old_enough
from membership.belonging import unit_of
from membership.models import Person, Slip, SlipRefusal, Unit, User
from membership.policy import STAFF_ROLES, Action, may, office_for, require
from membership.querysets import ending_after
from membership.slips.codes import code_hash
from membership.succession import map_of

GOOD_FOR = datetime.timedelta(days=30)
DEVICES_KEPT_FOR = datetime.timedelta(days=365)
_USED_UP = gettext_lazy("This slip has been used or is too old. Ask your officer for a new one.")


@transaction.atomic
def print_slip(*, person: Person, code: str, by: User, at: datetime.datetime) -> Slip:
    """A slip with the code, which ends the person's older one. For who has an account it waits for a second officer.

    Raises PermissionDenied, and ValidationError with what the officer can do instead; both say it in plain words.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    office = _office_over(person, by, at)
    _require_printable(person, at)
    account = User.objects.filter(person=person).first()
    if account is not None:
        _require_renewable(account)
    end_slips(person=person, at=at)
    slip = Slip.objects.create(
        person=person, code_hash=code_hash(code), office=office, printed_by=by, printed_at=at,
        expires_at=_end_of(timezone.localdate(at) + GOOD_FOR), is_renewal=account is not None,
    )  # fmt: skip
    log_slip(slip, "print_slip", by)
    return slip


@transaction.atomic
def confirm_slip(*, slip: Slip, by: User, at: datetime.datetime) -> Slip:
    """The second officer's word that this person asked for a new password. Confirmed twice it stays as it is."""
    slip = Slip.objects.select_for_update().get(pk=slip.pk)
    require(by, _needed_for(slip.person, at), slip.office)
    if by.pk == slip.printed_by_id:
        raise ValidationError(_("You printed this slip yourself: ask another officer to confirm it."))
    if by.person_id == slip.person_id:
        raise ValidationError(_("This slip is for yourself: ask another officer to confirm it."))
    if not Slip.objects.open_at(at).filter(pk=slip.pk, is_renewal=True).exists():
        raise ValidationError(_("This slip is not waiting any more."))
    if slip.confirmed_at is None:
        slip.confirmed_by, slip.confirmed_at = by, at
        slip.save(update_fields=["confirmed_by", "confirmed_at"])
        log_slip(slip, "confirm_slip", by)
    return slip


@transaction.atomic
def use_slip(*, slip: Slip, password: str, browser: str, address: str, at: datetime.datetime) -> User:
    """Makes the person's account, or gives the one that stands the password, and takes the passkeys away: whoever lost
    the password may have lost the phone. ``browser`` and ``address`` are hashes.

    Raises ValidationError where the slip was used or ended meanwhile, and for who is too young to join alone.
    """
    slip = take_slip(slip, browser, address, at)
    person, user = slip.person, User.objects.filter(person=slip.person_id).first()
    if (user is not None) != slip.is_renewal:
        raise ValidationError(_USED_UP)
    user = user or User(username=person.code, person=person, date_joined=at)
    user.set_password(password)
    user.save()
    has_lost_passkeys = slip.is_renewal and end_passkeys(user)
    log_slip(slip, "use_slip", user)
    if slip.is_renewal and user.email:
        _tell_by_mail(slip, user, has_lost_passkeys=has_lost_passkeys)
    return user


def take_slip(slip: Slip, browser: str, address: str, at: datetime.datetime) -> Slip:
    """Marks it as used, within the transaction of what it is used for."""
    taken = Slip.objects.select_for_update().get(pk=slip.pk)
    if why_refused(taken, at):
        raise ValidationError(_USED_UP)
    _require_age(taken.person, at)
    taken.used_at, taken.browser_hash, taken.address_hash = at, browser, address
    taken.save(update_fields=["used_at", "browser_hash", "address_hash"])
    return taken


def why_refused(slip: Slip, at: datetime.datetime) -> SlipRefusal.Reason | None:
    """What the slip is refused for, whoever shows it; None while it opens the account."""
    said = SlipRefusal.Reason
    if slip.used_at:
        return said.USED
    if slip.ended_at:
        return said.ENDED
    if slip.expires_at <= at:
        return said.EXPIRED
    if slip.is_renewal and slip.confirmed_at is None:
        return said.UNCONFIRMED
    return None if _is_over(slip.office, slip.person, timezone.localdate(at)) else said.FOREIGN


def end_slips(*, person: Person, at: datetime.datetime) -> None:
    """Those that are neither used nor ended open nothing from now on; whose action ends them says so in its entry."""
    Slip.objects.filter(person=person, used_at=None, ended_at=None).update(ended_at=at)


def forget_devices(*, at: datetime.datetime) -> int:
    """Once what stands out has been looked into, nobody needs to know where slips were used, nor which were refused;
    tells how many were used."""
    SlipRefusal.objects.filter(at__lt=at - DEVICES_KEPT_FOR).delete()
    old = Slip.objects.filter(used_at__lt=at - DEVICES_KEPT_FOR).exclude(browser_hash="", address_hash="")
    return old.update(browser_hash="", address_hash="")


def _end_of(day: datetime.date) -> datetime.datetime:
    """The paper names the day until whose end the slip is good."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))


def _is_over(office: Unit, person: Person, day: datetime.date) -> bool:
    """Whether the person belongs to the unit or beneath it, or where it lives on after a decree."""
    home = unit_of(person, day)
    return home is not None and home.path.startswith((office.path, *map_of(day).homes(office.path)))


def _office_over(person: Person, by: User, at: datetime.datetime) -> Unit:
    """The unit in whose name the officer prints."""
    if by.person_id == person.pk:
        raise ValidationError(_("Nobody prints a slip for themselves: ask another officer."))
    home, needed = unit_of(person, timezone.localdate(at)), _needed_for(person, at)
    if home is None:
        raise ValidationError(_("This person belongs to no unit. Make them a member first."))
    office = office_for(by, needed, home)
    if office is None and may(by, Action.GIVE_ACCESS, home):
        raise PermissionDenied(_("This person holds an office: their slip comes from the province's office."))
    if office is None:
        raise PermissionDenied(_("This person does not belong to a unit of yours."))
    return office


def _needed_for(person: Person, at: datetime.datetime) -> Action:
    """Who holds an office, or will, gets in by the province alone."""
    held = person.memberships.filter(ending_after(timezone.localdate(at)), role__in=STAFF_ROLES)
    return Action.GIVE_OFFICE_ACCESS if held.exists() else Action.GIVE_ACCESS


def _require_printable(person: Person, at: datetime.datetime) -> None:
    if person.merged_into_id or person.erased_at:
        raise ValidationError(_("This record was merged into another one, or erased."))
    if person.birth_year is None:
        raise ValidationError(_("Enter the birth year first: it is what the person proves themselves by."))
    _require_age(person, at)


def _require_renewable(account: User) -> None:
    if account.is_superuser:
        raise PermissionDenied(_("An administrator's password is set on the machine, never by a slip."))
    if not account.is_active:
        raise ValidationError(_("This account is closed."))


def _require_age(person: Person, at: datetime.datetime) -> None:
    year, today = person.birth_year, timezone.localdate(at)
    if year is None or not is_old_enough(year, person.birth_day, today, AGREES_FROM_AGE):
        raise ValidationError(TOO_YOUNG_FOR_ACCOUNT)


def _tell_by_mail(slip: Slip, user: User, *, has_lost_passkeys: bool) -> None:
    told = {"slip": slip, "has_lost_passkeys": has_lost_passkeys}
    text = render_to_string("membership/mail/renewed.txt", told)
    send_mail(_("A new password was set with a slip"), text, None, [user.email])


def log_slip(slip: Slip, entry: str, by: User | None) -> None:
    """Ids only; never the code, nor what was typed."""
    log(instance=slip, action=f"membership.{entry}", user=by, title=str(slip), data={"person": slip.person_id})
