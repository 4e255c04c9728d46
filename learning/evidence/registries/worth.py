"""What facts count for. Calls go down, this registry goes up: evidence and teaching show it and know no criteria
(decision 0007).

An app that judges adds one source in its ``AppConfig.ready``. It answers at once, from what stands at that moment.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class Credit:
    """One place in the yearly evaluation, by its emblem's number, with its name alone and with what it is called.

    ``points`` is what all facts suggest there, ``maximum`` the most that they could; by the key of each fact, and of
    the page that it came from, what they add (0 where others have filled it already)."""

    number: int
    name: str
    label: str
    points: Decimal
    maximum: Decimal
    by_fact: Mapping[str, Decimal]
    by_page: Mapping[str, Decimal]


@dataclass(frozen=True)
class Worth:
    """What the facts of some pages add at one place: ``points`` of the ``total`` that all evidence suggests there."""

    number: int
    name: str
    points: Decimal
    total: Decimal
    maximum: Decimal


# Of the person with this id, in the year of this day; in the order of the numbers.
sources: list[Callable[[int, datetime.date], Sequence[Credit]]] = []


def credits_of(person_id: int, day: datetime.date) -> list[Credit]:
    """Empty where nobody judges, or nothing counts."""
    return [credit for source in sources for credit in source(person_id, day)]


def worth_of(person_id: int, page_keys: Collection[UUID], day: datetime.date) -> list[Worth]:
    """What the facts of the pages with these translation keys add, where they count at all."""
    keys = {str(key) for key in page_keys}
    found = []
    for credit in credits_of(person_id, day):
        if given := [points for key, points in credit.by_page.items() if key in keys]:
            points = sum(given, Decimal(0))
            found.append(Worth(credit.number, credit.label, points, credit.points, credit.maximum))
    return found
