"""What goes along when a decree lets one unit live on in another: rows of the apps above that point to units.

Calls go down, this registry goes up: an app adds its followers in its ``AppConfig.ready``.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from membership.models import Membership


@dataclass(frozen=True)
class Follower:
    """``rows`` of the decree's day whose ``field`` names a unit that gives way; ``key`` is kept with the decree. Where
    one would meet its like in the new unit, the decree is refused, or, if it ``yields``, it stays behind: the first of
    the rows goes.
    """

    key: str
    label: Promise
    rows: Callable[[datetime.date], QuerySet[Any]]
    field: str
    yields: bool = False


followers: list[Follower] = [
    Follower("roles", _("Roles that begin later"), lambda day: Membership.objects.filter(valid_from__gte=day), "unit"),
]
# What was worked out for units and can be again; told before the units of a decree are taken back.
forgetting: list[Callable[[Collection[int]], Any]] = []


def counts(day: datetime.date) -> list[tuple[Follower, dict[int, int]]]:
    """Of each follower how many rows name each unit."""
    found = []
    for one in followers:
        rows = one.rows(day).order_by().values(one.field).annotate(number=Count("pk"))
        found.append((one, dict(rows.values_list(one.field, "number"))))
    return found
