"""What became of the slips that an office printed, for the level above: whoever prints a code also knows it."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext

from membership.actions import GOOD_FOR
from membership.models import SlipRefusal
from membership.querysets import SlipQuerySet

# An officer may well help neighbours on their own telephone: a row beyond this is looked into, and accuses nobody.
MANY_ON_ONE_DEVICE = 5
MANY_FROM_ONE_ADDRESS = 20
MANY_REFUSED = 20


@dataclass(frozen=True)
class OfficeUse:
    """Of one officer in one office. ``on_one_device`` and ``from_one_address``: the most that were used there;
    ``refused``: how many tries, by reason."""

    office: str
    officer: str
    printed: int
    used: int
    on_one_device: int
    from_one_address: int
    refused: Mapping[str, int] = field(default_factory=dict)

    @property
    def stands_out(self) -> bool:
        is_many = self.on_one_device >= MANY_ON_ONE_DEVICE or self.from_one_address >= MANY_FROM_ONE_ADDRESS
        return is_many or sum(self.refused.values()) >= MANY_REFUSED


def use_by_officers(slips: SlipQuerySet) -> list[OfficeUse]:
    """What stands out first, then by the tree of units."""
    counted = slips.order_by("office__path", "printed_by").values_list(
        "office", "printed_by", "office__name", "printed_by__person__full_name"
    )
    devices, addresses = _most(slips, "browser_hash"), _most(slips, "address_hash")
    refused = _refused(slips)
    rows = [
        OfficeUse(
            office,
            officer or "",
            printed,
            used,
            devices.get((unit, by), 0),
            addresses.get((unit, by), 0),
            refused.get((unit, by), {}),
        )
        for unit, by, office, officer, printed, used in counted.annotate(
            printed=Count("pk"), used=Count("pk", filter=Q(used_at__isnull=False))
        )
    ]
    return sorted(rows, key=lambda row: not row.stands_out)


def tries_without_slip(at: datetime.datetime) -> OfficeUse | None:
    """With codes that no slip has, of late; of no office."""
    tries = (
        SlipRefusal.objects.filter(slip=None, at__gt=at - GOOD_FOR)
        .order_by()
        .values_list("reason")
        .annotate(count=Count("pk"))
    )
    refused = dict(tries)
    return OfficeUse(gettext("Of no office, within 30 days"), "", 0, 0, 0, 0, refused) if refused else None


def _refused(slips: SlipQuerySet) -> dict[tuple[int, int], Counter[str]]:
    counted: dict[tuple[int, int], Counter[str]] = {}
    tries = SlipRefusal.objects.filter(slip__in=slips).order_by()
    by_reason = tries.values_list("slip__office", "slip__printed_by", "reason").annotate(count=Count("pk"))
    for office, officer, reason, count in by_reason:
        counted.setdefault((office, officer), Counter())[reason] += count
    return counted


def _most(slips: SlipQuerySet, where: str) -> dict[tuple[int, int], int]:
    """Of each office and officer: how many were used at the place where most were."""
    places = slips.exclude(**{where: ""}).values_list("office", "printed_by", where).annotate(count=Count("pk"))
    return {(office, officer): count for office, officer, _place, count in places.order_by("count")}
