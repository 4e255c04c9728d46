"""What a learner was asked to have learnt by a day. Calls go down, this registry goes up: who asks people to learn adds
in its ``AppConfig.ready`` what it asks of a person; "My learning" and the pages of a course name it."""

import datetime
from collections.abc import Callable, Collection
from typing import NamedTuple
from uuid import UUID


class Due(NamedTuple):
    """``key``: of the page, or of what else it is. ``url`` is empty where it is gone. ``teacher``: who follows how one
    comes along, empty where nobody does."""

    key: UUID
    title: str
    day: datetime.date
    is_late: bool
    is_extended: bool
    caller: str
    reason: str
    paper_number: str
    url: str
    teacher: str = ""


Source = Callable[[int, datetime.date], list[Due]]

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Adds the source once, however often the app starts."""
    if source not in _sources:
        _sources.append(source)
    return source


def dues_of(person_id: int, day: datetime.date, keys: Collection[UUID] | None = None) -> list[Due]:
    """What is still to be done, what is due first first; of these keys, where some are given."""
    found = sorted((due for source in _sources for due in source(person_id, day)), key=lambda due: due.day)
    return found if keys is None else [due for due in found if due.key in keys]
