"""A body that cannot act gets somebody for a time: the dated role opens the doors, this says why it was given."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.refused import refusals_noted
from evaluation.dossiers.models import StandIn
from evaluation.dossiers.refusals import RefusedError
from membership.actions import end_role, grant_role
from membership.models import Membership, Person, Role, Unit, User
from membership.policy import ROLE_ACTIONS, Action

LONGEST = datetime.timedelta(days=366)


@refusals_noted
@transaction.atomic
def appoint_stand_in(
    *,
    unit: Unit,
    role: Role,
    person: Person,
    valid_from: datetime.date,
    valid_to: datetime.date,
    reason: str,
    by: User,
    at: datetime.datetime,
) -> StandIn:
    """Gives the role in the unit for that time. ``valid_to`` is the first day on which it holds no more. Who may
    appoint is who may give the role there, never to themselves. Raises PermissionDenied or RefusedError."""
    if Action.REVIEW not in ROLE_ACTIONS[role]:
        raise RefusedError(_("A stand-in acts for a body that reviews."))
    if not valid_from < valid_to <= valid_from + LONGEST:
        raise RefusedError(_("A stand-in acts from one day until another, a year at most."))
    if not reason.strip():
        raise RefusedError(_("Say why the body needs a stand-in."))
    if not User.objects.filter(person=person, is_active=True).exists():
        raise RefusedError(_("A stand-in needs an account of their own."))
    if Membership.objects.filter(person=person, unit=unit, role=role, valid_to=None).exists():
        raise RefusedError(_("This person holds the office already."))
    try:
        held = grant_role(person=person, unit=unit, role=role, valid_from=valid_from, by=by, at=at)
        held = end_role(membership=held, valid_to=valid_to, by=by, at=at)
    except ValidationError as refused:
        raise RefusedError(refused.messages) from refused
    stand_in = StandIn.objects.create(membership=held, reason=reason.strip(), appointed_by=by, appointed_at=at)
    log(
        instance=stand_in,
        action="dossiers.appoint_stand_in",
        user=by,
        data={"person": person.pk, "unit": unit.pk, "role": str(role), "until": valid_to.isoformat()},
    )
    return stand_in
