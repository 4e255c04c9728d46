"""What has been kept long enough, as it stands at a moment: what a page previews and an action carries out."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from privacy.models import Retention
from work.processing import Clearing, clearings

_EXAMPLES = 5


@dataclass(frozen=True)
class Due:
    """``examples``: codes of people; what of them is due is not opened for that."""

    clearing: Clearing
    days: int
    is_nightly: bool
    count: int
    examples: list[str]


def days_kept() -> dict[str, int]:
    """Of each clearing: those of the province, or until it sets them its own."""
    shipped = {name: clearing.days for name, clearing in clearings.items()}
    return shipped | dict(Retention.objects.values_list("clearing", "days"))


def due_at(at: datetime.datetime) -> list[Due]:
    kept = {row.clearing: row for row in Retention.objects.all()}
    return [_due(clearing, kept.get(clearing.name), at) for clearing in clearings.values()]


def due_rows(clearing: Clearing, days: int, at: datetime.datetime) -> QuerySet:
    return clearing.due(at - datetime.timedelta(days=days))


def _due(clearing: Clearing, kept: Retention | None, at: datetime.datetime) -> Due:
    days = kept.days if kept else clearing.days
    rows = due_rows(clearing, days, at)
    codes = rows.order_by("pk").values_list(clearing.code, flat=True)[: 4 * _EXAMPLES]
    is_nightly = kept is not None and kept.confirmed_at is not None
    return Due(clearing, days, is_nightly, rows.count(), list(dict.fromkeys(codes))[:_EXAMPLES])
