"""A year's counts by the map of a day. What was counted in a unit that is no more counts where that lives on; what was
counted in one that was split cannot be divided: it counts in the nearest unit that holds all of its parts, and is told.
Nobody is lost, so the sums of all maps are equal. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evaluation.reporting.tallies import Tallies, Tally
from membership.succession import Map


@dataclass(frozen=True)
class Undivided:
    """What was counted in a unit that was split; ``home`` is where it counts by this map."""

    path: str
    home: str
    homes: frozenset[str]
    tally: Tally

    def concerns(self, path: str) -> bool:
        """Whether it counts in that very unit, or lives on there in part and counts above it."""
        return self.home == path or (path.startswith(self.home) and any(home.startswith(path) for home in self.homes))


def brought_home(tallies: Tallies, by: Map) -> Tallies:
    found: Tallies = {}
    for path, tally in tallies.items():
        home = by.home(path)
        found[home] = found.get(home, Tally()) + tally
    return found


def undivided(tallies: Tallies, by: Map) -> list[Undivided]:
    split = [(path, by.homes(path), tally) for path, tally in sorted(tallies.items())]
    return [Undivided(path, by.home(path), homes, tally) for path, homes, tally in split if len(homes) > 1]


def entries_brought_home(entries: Mapping[str, int], places: Iterable[str], by: Map) -> dict[str, int]:
    """What units entered, from the top down. Of those that are no more only where they entered it for all people
    (``places``) who count in their successor: else numerator and denominator would speak of different people.
    """
    found = {path: value for path, value in entries.items() if by.home(path) == path}
    gone: dict[str, int] = {}
    homes = {place: by.home(place) for place in places}
    for path, value in entries.items():
        if path not in found and len(by.homes(path)) == 1 and not any(path.startswith(above) for above in gone):
            gone[path] = value
    for home in {by.home(path) for path in gone} - set(found):
        own = {path: value for path, value in gone.items() if by.home(path) == home}
        counted = [place for place, lives_on in homes.items() if lives_on.startswith(home)]
        if all(any(place.startswith(path) for path in own) for place in counted):
            found[home] = sum(own.values())
    return dict(sorted(found.items()))
