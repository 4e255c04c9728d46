"""A citizen who signed up by themselves joins the record that the roster has of them, proven by its slip."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from membership.actions.people import hold
from membership.actions.records import carry_over, require_mergeable
from membership.actions.slips import log_slip, take_slip
from membership.models import Membership, Person, Role, Slip, User


def may_join(user: User, person: Person) -> bool:
    """Whether the account's record is surely nobody else's: said by themselves alone, of the same name and year, and
    the other without an account. Whatever else looks alike is for an officer to merge."""
    own = user.person
    if own is None or own.pk == person.pk or User.objects.filter(person=person).exists():
        return False
    is_alike = own.folded_name == person.folded_name and own.birth_year in (None, person.birth_year)
    given = own.memberships.exclude(role=Role.MEMBER, is_self_declared=True)
    return is_alike and not given.exists()


@transaction.atomic
def join_record(*, slip: Slip, by: User, browser: str, address: str, at: datetime.datetime) -> Person:
    """Merges what the account has into the record of the slip, which is used by it; the password stays.

    Raises ValidationError where the slip was used or ended meanwhile, or the records are not surely one person's.
    """
    slip = take_slip(slip, browser, address, at)
    own, into = by.person, slip.person
    if own is None or not may_join(by, into):
        raise ValidationError(_("These records are not surely one person's. Ask your officer to merge them."))
    hold(own, into)
    require_mergeable(own, into)
    _end_what_was_declared(own, timezone.localdate(at))
    carry_over(duplicate=own, into=into, by=by, at=at)
    log_slip(slip, "join_record", by)
    return into


def _end_what_was_declared(own: Person, day: datetime.date) -> None:
    """Where they belong is known now."""
    Membership.objects.filter(person=own, valid_from__gte=day).delete()
    Membership.objects.filter(person=own, valid_to=None).update(valid_to=day)
