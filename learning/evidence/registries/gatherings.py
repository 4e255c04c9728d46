"""What people can attend, so that it becomes evidence, and what was held of it. Calls go down, this registry goes up:
who holds gatherings adds a source in its ``AppConfig.ready``, and who judges asks without knowing them (decision
0007)."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from membership.models import Unit


@dataclass(frozen=True)
class Gathering:
    """``address`` is where one says that one comes, or checks in."""

    title: str
    starts_at: datetime.datetime
    place: str
    topics: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Held:
    """What a unit with all beneath it held: how many took place, how many different people were there by somebody
    else's word, and how many hours it all took."""

    sessions: int = 0
    people: int = 0
    hours: float = 0


# What comes in the unit, or in one above it, from that moment on; the next one first.
sources: list[Callable[[Unit, datetime.datetime], Iterable[Gathering]]] = []


# What the unit held in the year, up to the end of the day.
holders: list[Callable[[Unit, int, datetime.date], Held]] = []


def held_in(unit: Unit, year: int, day: datetime.date) -> Held:
    """Somebody who was with two holders counts with both."""
    found = [holder(unit, year, day) for holder in holders]
    return Held(
        sum(one.sessions for one in found), sum(one.people for one in found), round(sum(one.hours for one in found), 1)
    )


def to_come_for(unit: Unit, at: datetime.datetime) -> list[Gathering]:
    return [gathering for source in sources for gathering in source(unit, at)]
