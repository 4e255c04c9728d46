"""By the map of a day: where what was counted in a unit belongs, whatever became of the unit since."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from membership.models import Unit, UnitSuccession


@dataclass(frozen=True)
class Map:
    """``heirs``: by the path of a unit that is no more on the day, the paths of those that took its place. Pure."""

    day: datetime.date
    heirs: Mapping[str, frozenset[str]]

    def homes(self, path: str, passed: frozenset[str] = frozenset()) -> frozenset[str]:
        """The units of the day in which the one at the path lives on: several where it was split, itself while it
        stands. One that went without a successor lives on where that above it does.
        """
        for end in range(len(path), 0, -Unit.steplen):
            gone = path[:end]
            if gone in self.heirs and gone not in passed:
                return frozenset().union(*(self.homes(heir, passed | {gone}) for heir in self.heirs[gone]))
        return frozenset({path})

    def home(self, path: str) -> str:
        """The one unit that holds all in which it lives on; its own path where there is no such unit."""
        homes = self.homes(path)
        return _holding(*homes) or path

    def origins(self, path: str) -> list[str]:
        """Those that are no more and live on, in whole or in part, in the unit at the path or beneath it."""
        return [old for old in self.heirs if any(home.startswith(path) for home in self.homes(old))]

    def left_to(self, path: str) -> list[str]:
        """Those that are no more, stood elsewhere, and live on wholly in the unit at the path or beneath it; the
        highest of them stand for what was beneath them."""
        wholly: list[str] = []
        for old in sorted(self.heirs):
            stood_elsewhere = not old.startswith((path, *wholly))
            if stood_elsewhere and all(home.startswith(path) for home in self.homes(old)):
                wholly.append(old)
        return wholly

    def holding_all_of(self, path: str) -> str:
        """The path beneath which all stands that was ever counted there; empty where no unit holds it."""
        return _holding(path, *self.origins(path))


def map_of(day: datetime.date) -> Map:
    """One query."""
    passed_on = UnitSuccession.objects.filter(old__valid_to__lte=day, new__valid_from__lte=day)
    heirs: dict[str, frozenset[str]] = {}
    for old, new in passed_on.values_list("old__path", "new__path"):
        heirs[old] = heirs.get(old, frozenset()) | {new}
    return Map(day, heirs)


def map_for(user: Any) -> Map:
    """Today's; read once for each user object."""
    if not hasattr(user, "_map"):
        user._map = map_of(timezone.localdate())
    found: Map = user._map
    return found


def _holding(*paths: str) -> str:
    """What all of them begin with: of the first and the last in order the same as of all."""
    first, last = min(paths), max(paths)
    shared = [end for end in range(Unit.steplen, len(first) + 1, Unit.steplen) if first[:end] == last[:end]]
    return first[: max(shared, default=0)]
