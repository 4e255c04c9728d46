"""Where a person belongs, and to which group, on a day: what records freeze."""

import datetime

from membership.models import Membership, Person, Role, TargetGroup, Unit
from membership.querysets import standing_on


def unit_of(person: Person, day: datetime.date) -> Unit | None:
    """The unit in which the person is a member on the day; lacking one, that of any other role of theirs."""
    standing = Membership.objects.filter(person=person).on(day).select_related("unit").order_by("valid_from", "pk")
    memberships = list(standing)
    own = [membership for membership in memberships if membership.role == Role.MEMBER]
    return (own or memberships)[0].unit if memberships else None


def group_of(person: Person, day: datetime.date) -> TargetGroup:
    """The person's target group on the day; residents where nothing was said."""
    period = person.target_groups.filter(standing_on(day)).first()
    return TargetGroup(period.group) if period else TargetGroup.RESIDENTS
