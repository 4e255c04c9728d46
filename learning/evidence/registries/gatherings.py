"""What people can attend, so that it becomes evidence. Calls go down, this registry goes up: who holds gatherings adds
a source in its ``AppConfig.ready``, and who judges asks without knowing them (decision 0007)."""

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


# What comes in the unit, or in one above it, from that moment on; the next one first.
sources: list[Callable[[Unit, datetime.datetime], Iterable[Gathering]]] = []


def to_come_for(unit: Unit, at: datetime.datetime) -> list[Gathering]:
    return [gathering for source in sources for gathering in source(unit, at)]
