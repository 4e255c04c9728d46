"""Where a person belongs, and to which group, on a day: what records freeze."""

import datetime
from typing import TypeVar

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from membership.models import Membership, Person, Role, TargetGroup, TargetGroupPeriod, Unit
from membership.querysets import MembershipQuerySet, standing_on

Place = TypeVar("Place")


def unit_of(person: Person, day: datetime.date) -> Unit | None:
    """The unit in which the person is a member on the day; lacking one, that of any other role of theirs."""
    standing = _standing(person.pk, day).select_related("unit")
    return _home([(membership.role, membership.unit) for membership in standing])


def unit_id_of(person_id: int, day: datetime.date) -> int | None:
    """The id of the same, for who needs no more: it costs far less."""
    return _home(list(_standing(person_id, day).values_list("role", "unit_id")))


def group_of(person: Person, day: datetime.date) -> TargetGroup:
    """The person's target group on the day; residents where nothing was said."""
    period = person.target_groups.filter(standing_on(day)).first()
    return TargetGroup(period.group) if period else TargetGroup.RESIDENTS


def group_on(day: datetime.date, person: str = "pk") -> Coalesce:
    """The same for many: of rows with the person at ``person``."""
    periods = TargetGroupPeriod.objects.filter(standing_on(day), person=OuterRef(person))
    return Coalesce(Subquery(periods.values("group")[:1]), Value(TargetGroup.RESIDENTS.value))


def _standing(person_id: int, day: datetime.date) -> MembershipQuerySet:
    return Membership.objects.filter(person_id=person_id).on(day).order_by("valid_from", "pk")


def _home(places: list[tuple[str, Place]]) -> Place | None:
    own = [place for role, place in places if role == Role.MEMBER]
    return next(iter(own or [place for _role, place in places]), None)
