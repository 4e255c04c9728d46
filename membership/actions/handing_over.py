"""An office passes from one to another, on one day."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from membership.actions.roles import end_role, grant_role
from membership.models import Membership, Person, Role, User


@dataclass(frozen=True)
class HandedOver:
    """``untold``: of the two, whom no letter reaches."""

    given: Membership
    untold: list[Person]


@transaction.atomic
def hand_over(
    *, membership: Membership, successor: Person, day: datetime.date, by: User, at: datetime.datetime
) -> HandedOver:
    """From the day on the successor holds the role and the other no more, or nothing changes. Both are written to.

    By the rules of giving and ending: nobody gives a role to themselves, or beyond their reach.
    """
    if successor.pk == membership.person_id:
        raise ValidationError(_("It is this person who holds the role now: name somebody else."))
    if membership.valid_to is not None and membership.valid_to < day:
        raise ValidationError(_("By that day this role has ended already."))
    role = Role(membership.role)
    given = grant_role(person=successor, unit=membership.unit, role=role, valid_from=day, by=by, at=at)
    end_role(membership=membership, valid_to=day, by=by, at=at)
    two = (membership.person, successor)
    return HandedOver(given, [person for person in two if not _is_told(person, given, membership, by)])


def _is_told(person: Person, given: Membership, left: Membership, by: User) -> bool:
    account = User.objects.filter(person=person, is_active=True).exclude(email="").first()
    if account is None:
        return False
    told = {"person": person, "given": given, "left": left, "officer": by, "is_successor": person == given.person}
    text = render_to_string("membership/mail/handed_over.txt", told)
    send_mail(_("An office was handed over"), text, None, [account.email])
    return True
