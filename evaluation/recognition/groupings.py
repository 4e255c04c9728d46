"""What recognised groups come to: learning families, clans, communities and units, by the titles of their members.

A group's figures are worked out from rows whenever they are asked for: nothing is stored that could differ.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from evaluation.recognition.models import Grouping, GroupingRule
from membership.models import Unit


@dataclass(frozen=True)
class Standing:
    """One group at the cut-off. ``share`` is in percent, None without members, ``has_reached`` also without a rule."""

    grouping: Grouping
    members: int
    titled: int
    rule: GroupingRule | None

    @property
    def share(self) -> Decimal | None:
        return Decimal(100 * self.titled) / self.members if self.members else None

    @property
    def has_reached(self) -> bool | None:
        return reached(self.titled, self.members, self.rule.percent if self.rule else None)


@dataclass(frozen=True)
class KindSum:
    """All groups of one kind: how many there are, and how many have reached what their rule asks."""

    kind: Grouping.Kind
    rule: GroupingRule | None
    standings: list[Standing]

    @property
    def reached(self) -> int:
        return sum(standing.has_reached is True for standing in self.standings)


def reached(titled: int, members: int, percent: Decimal | None) -> bool | None:
    """Whether the share of members with the title is at least what is asked; None where that cannot be said. Pure."""
    return None if percent is None or not members else 100 * titled >= percent * members


def kind_sums(unit: Unit, year: int, day: datetime.date) -> list[KindSum]:
    """All kinds with the groups at and beneath the unit on the day; two queries."""
    rules = GroupingRule.objects.on(day)
    found = list(Grouping.objects.for_page(unit, year, day))
    return [
        KindSum(kind, rules.get(kind), [_standing(row, rules) for row in found if row.kind == kind])
        for kind in Grouping.Kind
    ]


def standing_of(grouping: Grouping, year: int, day: datetime.date) -> Standing:
    """One group on the day; two queries."""
    counted = Grouping.objects.filter(pk=grouping.pk).with_figures(year, day).select_related("place").get()
    return _standing(counted, GroupingRule.objects.on(day))


def _standing(row: Grouping, rules: dict[str, GroupingRule]) -> Standing:
    return Standing(row, row.member_count, row.titled_count, rules.get(row.kind))  # type: ignore[attr-defined]
