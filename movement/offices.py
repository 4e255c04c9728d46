"""At which office a proposal waits: the nearest unit in which somebody answers for the unit's reports."""

import datetime
from collections import defaultdict
from collections.abc import Collection

from membership.models import Membership, Role, Unit
from membership.policy import ROLE_ACTIONS, Action

ROLES = [role for role in Role if Action.SEND_REPORTS in ROLE_ACTIONS[role]]


def office_from(unit: Unit, day: datetime.date) -> Unit:
    """For a citizen: of their own unit or above."""
    return _nearest(unit, unit.paths_up, day)


def office_above(unit: Unit, day: datetime.date) -> Unit:
    """For a unit, and for who sends on."""
    return _nearest(unit, unit.paths_up[:-1], day)


def _nearest(unit: Unit, paths: list[str], day: datetime.date) -> Unit:
    """The province where nobody is nearer."""
    held = Membership.objects.on(day).filter(role__in=ROLES, unit__path__in=paths)
    path = held.order_by("-unit__depth").values_list("unit__path", flat=True).first() or unit.paths_up[0]
    return Unit.objects.get(path=path)


def officers_of(offices: Collection[int], day: datetime.date) -> dict[int, list[int]]:
    """By the key of the office the keys of who holds it; one query."""
    found: dict[int, list[int]] = defaultdict(list)
    held = Membership.objects.on(day).filter(role__in=ROLES, unit__in=offices).order_by("person").distinct()
    for office, person in held.values_list("unit", "person"):
        found[office].append(person)
    return found
