"""What facts count for. Calls go down, this registry goes up: teaching shows it and names no indicator (decision 0007).

An app that judges registers one function in its ``AppConfig.ready``. It is asked about the facts of some pages, by
their translation keys, and answers at once, from what stands at that moment.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class Worth:
    """One place in the yearly evaluation at which the facts count, with its emblem's number and its name in words.

    ``points`` is what they add there (0 where others have filled it already), ``total`` what all evidence together
    suggests there, ``maximum`` the most that it could."""

    number: int
    name: str
    points: Decimal
    total: Decimal
    maximum: Decimal


# Of the person with this id, the pages with these keys, in the year of this day.
Appraiser = Callable[[int, Collection[UUID], datetime.date], list[Worth]]

_appraisers: list[Appraiser] = []


def register(appraiser: Appraiser) -> Appraiser:
    """Adds the appraiser once, however often the app starts."""
    if appraiser not in _appraisers:
        _appraisers.append(appraiser)
    return appraiser


def worth_of(person_id: int, page_keys: Collection[UUID], day: datetime.date) -> list[Worth]:
    """By number. Empty where nobody judges, or nothing counts."""
    return [worth for appraiser in _appraisers for worth in appraiser(person_id, page_keys, day)]
