"""Names of the groups that open Wagtail's admin, and which role brings which.

The apps above give these groups their permissions; who is in them follows from the roles that stand today and
from nothing else (``membership.actions.sync_groups``).
"""

from collections.abc import Iterable

from membership.models import Membership, Role

TRAINERS = "Trainers"
MODERATORS = "Moderators"
CRITERIA_EDITORS = "Criteria editors"
PEOPLE_EDITORS = "People editors"

GROUPS_OF_ROLE: dict[Role, frozenset[str]] = {
    Role.TRAINER: frozenset({TRAINERS}),
    Role.COMMUNE_OFFICER: frozenset({PEOPLE_EDITORS}),
    Role.PROVINCE_OFFICER: frozenset({MODERATORS, CRITERIA_EDITORS, PEOPLE_EDITORS}),
}
ROLE_GROUPS = frozenset().union(*GROUPS_OF_ROLE.values())


def groups_of(memberships: Iterable[Membership]) -> frozenset[str]:
    """The groups that these roles bring."""
    brought = (GROUPS_OF_ROLE.get(Role(membership.role), frozenset()) for membership in memberships)
    return frozenset().union(*brought)
