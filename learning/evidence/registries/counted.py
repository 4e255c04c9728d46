"""What a person's facts count for: told by whoever judges, since evidence knows no criteria.

Calls go down, this registry goes up: an app adds a source in its ``AppConfig.ready``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from membership.models import Person


@dataclass(frozen=True)
class Credit:
    """One thing that facts count for, by its number: the points in all, and by the key of each fact that counted."""

    number: int
    name: str
    points: Decimal
    by_fact: Mapping[str, Decimal]


# Of one person and year, in the order of the numbers.
sources: list[Callable[[Person, int], Sequence[Credit]]] = []
