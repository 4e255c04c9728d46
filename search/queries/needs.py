"""Who looks: what they may find, and what their dossier of the year is weak in, so that what serves it comes first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from evaluation.criteria.models import Indicator
from evaluation.dossiers.models import Dossier, IndicatorScore
from membership.policy import AnyUser, standing_roles
from search.contract import Viewer

MOST = 3
_WEAK = Decimal("0.6")  # of an indicator's maximum
_OPEN = (Dossier.State.DRAFT, Dossier.State.RETURNED)


@dataclass(frozen=True)
class Need:
    number: str
    name: str
    points: Decimal
    maximum: Decimal
    year: int


def needs_of(user: AnyUser, today: datetime.date) -> list[Need]:
    """The weakest indicators that learning can support, of the dossier that is still being written; one query."""
    if not user.is_authenticated or not user.person_id:
        return []
    scores = IndicatorScore.objects.filter(
        dossier__person_id=user.person_id, dossier__year=today.year, dossier__state__in=_OPEN
    ).exclude(indicator__support=Indicator.Support.NO)
    weak = [_need(score, today.year) for score in scores.select_related("indicator")]
    weak = [need for need in weak if need.points < need.maximum * _WEAK]
    return sorted(weak, key=lambda need: (need.points / need.maximum, int(need.number)))[:MOST]


def boosts(needs: list[Need]) -> dict[str, float]:
    """The weaker, the more: at most as much as a word of the title."""
    return {need.number: float(1 - need.points / need.maximum) for need in needs}


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


def _need(score: IndicatorScore, year: int) -> Need:
    indicator = score.indicator
    points = max(score.self_points or Decimal(0), score.suggested_points or Decimal(0))
    return Need(str(indicator.number), indicator.name, points, indicator.maximum, year)
