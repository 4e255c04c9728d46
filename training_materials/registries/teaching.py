"""What a trainer's home shows that only apps above know: what waits for them, and how many learn in a course. Calls go
down, this registry goes up (decision 0007).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from membership.models import User


@dataclass(frozen=True)
class Waiting:
    """So many of one thing wait; ``words`` say how many and of what."""

    count: int
    words: str
    address: str


class Learners(NamedTuple):
    learning: int
    finished: int


Source = Callable[[User], Waiting]
Count = Callable[[User, Collection[UUID]], Mapping[UUID, Learners]]  # by the courses' keys

_sources: list[Source] = []
_counts: list[Count] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def register_count(count: Count) -> None:
    if count not in _counts:
        _counts.append(count)


def waiting_for(user: User) -> list[Waiting]:
    """What there is of each, in the order of the apps."""
    return [found for source in _sources if (found := source(user)).count]


def learners_of(user: User, courses: Collection[UUID]) -> dict[UUID, Learners]:
    return {key: learners for count in _counts for key, learners in count(user, courses).items()}
