"""Who looks, as far as it decides what they may find."""

import datetime

from membership.policy import AnyUser, standing_roles
from search.contract import Viewer


def viewer_of(user: AnyUser, today: datetime.date) -> Viewer:
    """Their groups, and the units to which they belong on the day."""
    if not user.is_authenticated:
        return Viewer()
    return Viewer(
        is_signed_in=True,
        groups=frozenset(user.groups.values_list("pk", flat=True)),
        unit_paths=tuple({membership.unit.path for membership in standing_roles(user)}),
        sees_all_groups=user.is_superuser,
    )
