"""Drawing questions: so many of a topic, a difficulty and a target group, none twice. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Draw:
    """What is empty is all the same: any topic, any difficulty, any target group."""

    topic: int | None
    difficulty: str
    audience: str
    count: int

    @property
    def narrowness(self) -> int:
        return (self.topic is not None) + bool(self.difficulty) + bool(self.audience)


@dataclass(frozen=True)
class Candidate:
    """A question in use, by its current version."""

    version: int
    topic: int
    difficulty: str
    audience: str

    def fits(self, draw: Draw) -> bool:
        return (
            draw.topic in (None, self.topic)
            and draw.difficulty in ("", self.difficulty)
            and draw.audience in ("", self.audience)
        )


@dataclass(frozen=True)
class Shortage:
    """The draw at this place finds only so many questions."""

    place: int
    available: int


def shortage(draws: Sequence[Draw], candidates: Iterable[Candidate]) -> Shortage | None:
    """The first draw that the bank cannot fill; the narrowest draw goes first, as in ``drawn``."""
    left = list(candidates)
    for place in _narrowest_first(draws):
        fitting = [candidate for candidate in left if candidate.fits(draws[place])]
        if len(fitting) < draws[place].count:
            return Shortage(place, len(fitting))
        taken = set(sorted(fitting, key=lambda one: one.version)[: draws[place].count])
        left = [candidate for candidate in left if candidate not in taken]
    return None


def drawn(draws: Sequence[Draw], candidates: Iterable[Candidate], rng: Random) -> list[int]:
    """The versions to ask, in the order of the draws. Raises ValueError where the bank cannot fill one."""
    left = list(candidates)
    chosen: dict[int, list[int]] = {}
    for place in _narrowest_first(draws):
        fitting = [candidate.version for candidate in left if candidate.fits(draws[place])]
        chosen[place] = rng.sample(fitting, draws[place].count)
        taken = set(chosen[place])
        left = [candidate for candidate in left if candidate.version not in taken]
    return [version for place in range(len(draws)) for version in chosen[place]]


def _narrowest_first(draws: Sequence[Draw]) -> list[int]:
    return sorted(range(len(draws)), key=lambda place: -draws[place].narrowness)
