"""Drawing questions: so many of a topic, a difficulty and a target group, none twice. Pure.

Draws may want the same questions. Each question more is found as in a bipartite matching: a draw that finds none left
takes one from another draw that can do with another. So a draw fails only where no choice at all would have filled it.
"""

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple


class Group(NamedTuple):
    """Questions that every draw takes alike. ``pool``: of a course; None: of the bank that all courses share."""

    topic: int
    difficulty: str
    audience: str
    pool: int | None = None


@dataclass(frozen=True)
class Draw:
    """What is empty is all the same: any topic, any difficulty, any target group. Where from is never the same."""

    topic: int | None
    difficulty: str
    audience: str
    count: int
    pool: int | None = None

    @property
    def narrowness(self) -> int:
        return (self.topic is not None) + bool(self.difficulty) + bool(self.audience)

    def takes(self, group: Group) -> bool:
        return (
            self.pool == group.pool
            and self.topic in (None, group.topic)
            and self.difficulty in ("", group.difficulty)
            and self.audience in ("", group.audience)
        )


@dataclass(frozen=True)
class Shortage:
    """The draw at this place finds only so many questions."""

    place: int
    available: int


@dataclass(frozen=True)
class Asking:
    """What a quiz asks: the questions that were picked for it, by id, each with its group, and its draws.

    No draw asks again what was picked.
    """

    draws: list[Draw] = field(default_factory=list)
    picks: dict[int, Group] = field(default_factory=dict)

    def may_ask(self, question: int, group: Group) -> bool:
        return question in self.picks or any(draw.takes(group) for draw in self.draws)

    def topics(self, sizes: Counter[Group]) -> set[int]:
        """What its draws name, and what those of its questions in use are on that were picked or stand in its pools."""
        of_pools = [draw for draw in self.draws if draw.pool and not draw.topic]
        held = [group for group in sizes if any(draw.takes(group) for draw in of_pools)]
        picked = [group for group in self.picks.values() if sizes[group]]
        return {group.topic for group in held + picked} | {draw.topic for draw in self.draws if draw.topic}

    def can_be_asked(self, sizes: Counter[Group]) -> bool:
        return bool(self.draws or self.picks) and not self.shortage(sizes)

    def shortage(self, sizes: Counter[Group]) -> Shortage | None:
        return shortage(self.draws, sizes - Counter(self.picks.values()))


@dataclass(frozen=True)
class Stock:
    """How many questions in use each group has, and what published quizzes ask, by their titles and ids."""

    sizes: Counter[Group]
    quizzes: Mapping[tuple[str, int], Asking]

    def short_without(self, question: int, group: Group, instead: Group | None = None) -> list[str]:
        """The quizzes that can be filled now and could not if the question left the group, for another perhaps."""
        left = self.sizes - Counter([group])
        if instead is not None:
            left[instead] += 1
        return [
            title
            for (title, _id), asking in self.quizzes.items()
            if (instead is None if question in asking.picks else self._misses(group, asking, left))
        ]

    def move(self, question: int, group: Group, to: Group) -> None:
        """Also where a quiz picked it: what was picked is taken from the group in which it stands now."""
        self.sizes[group] -= 1
        self.sizes[to] += 1
        for asking in self.quizzes.values():
            if question in asking.picks:
                asking.picks[question] = to

    def _misses(self, group: Group, asking: Asking, left: Counter[Group]) -> bool:
        """A group with more questions than all draws and picks together want can always give one away."""
        wanted = sum(draw.count for draw in asking.draws) + len(asking.picks)
        return self.sizes[group] <= wanted and bool(asking.shortage(left)) and not asking.shortage(self.sizes)


def shortage(draws: Sequence[Draw], sizes: Mapping[Group, int]) -> Shortage | None:
    """The first draw that the bank cannot fill, the narrowest draws being filled first."""
    allotment = _Allotment(draws, sizes)
    for place in _narrowest_first(draws):
        for found in range(draws[place].count):
            if not allotment.add(place, min):
                return Shortage(place, found)
    return None


def drawn(draws: Sequence[Draw], members: Mapping[Group, Sequence[int]], rng: Random) -> list[int]:
    """The versions to ask, in the order of the draws. Raises ValueError exactly where ``shortage`` finds one."""
    allotment = _Allotment(draws, {group: len(versions) for group, versions in members.items()})
    for place in _narrowest_first(draws):
        for _each in range(draws[place].count):
            if not allotment.add(place, lambda rooms: rng.choices(rooms, [allotment.left[one] for one in rooms])[0]):
                raise ValueError("too few questions for a draw")
    shuffled = {group: iter(rng.sample(members[group], count)) for group, count in allotment.taken.items()}
    chosen = []
    for held in allotment.held:
        own = [next(shuffled[group]) for group in sorted(held.elements())]
        chosen += rng.sample(own, len(own))
    return chosen


class _Allotment:
    """How many questions of which group each draw holds."""

    def __init__(self, draws: Sequence[Draw], sizes: Mapping[Group, int]) -> None:
        self.left = Counter(sizes)
        self.held: list[Counter[Group]] = [Counter() for _draw in draws]
        self.takes = [sorted(group for group in sizes if draw.takes(group)) for draw in draws]

    @property
    def taken(self) -> Counter[Group]:
        return sum(self.held, Counter())

    def add(self, place: int, pick: Callable[[list[Group]], Group]) -> bool:
        """One question more for the draw at the place; others change theirs if need be. Whether there was one."""
        came: dict[int, tuple[int, Group] | None] = {place: None}
        waiting = deque([place])
        while waiting:
            here = waiting.popleft()
            rooms = [group for group in self.takes[here] if self.left[group] > 0]
            if rooms:
                self._take(here, pick(rooms), came)
                return True
            for group in self.takes[here]:
                for other, held in enumerate(self.held):
                    if held[group] and other not in came:
                        came[other] = (here, group)
                        waiting.append(other)
        return False

    def _take(self, here: int, group: Group, came: Mapping[int, tuple[int, Group] | None]) -> None:
        """The draw takes one that is left, and hands on the one for which it was asked."""
        self.left[group] -= 1
        self.held[here][group] += 1
        while (asked := came[here]) is not None:
            asker, wanted = asked
            self.held[here][wanted] -= 1
            self.held[asker][wanted] += 1
            here = asker


def _narrowest_first(draws: Sequence[Draw]) -> list[int]:
    return sorted(range(len(draws)), key=lambda place: -draws[place].narrowness)
