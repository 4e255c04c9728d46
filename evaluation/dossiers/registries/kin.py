"""Who is of whose family, as far as an app above knows: they have no vote on each other (decision 0007).

An app that keeps families adds one source in its ``AppConfig.ready``: of these people, on that day, pairs of a person
and somebody of their family.
"""

import datetime
from collections.abc import Callable, Collection, Iterable

Source = Callable[[Collection[int], datetime.date], Iterable[tuple[int, int]]]

sources: list[Source] = []


def kin_of(people: Collection[int], day: datetime.date) -> set[tuple[int, int]]:
    return {pair for source in sources for pair in source(people, day)}
