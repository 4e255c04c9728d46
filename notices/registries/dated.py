"""What has a day for somebody: calls to learn, last days, sessions to which they come. Calls go down, this registry
goes up: an app adds a source in its ``AppConfig.ready``, which gives of a person, by key, what is ahead on a day.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model

Moment = datetime.date | datetime.datetime


@dataclass(frozen=True, kw_only=True)
class Dated:
    """``key`` stays the same while it is moved or cancelled; ``sequence`` rises with what the log tells of ``about``. A
    day without an hour is a date; ``address`` is a path. ``further`` are other days of the same, each
    with its own key."""

    key: str
    title: str
    begins: Moment
    ends: Moment | None = None
    address: str = ""
    place: str = ""
    text: str = ""
    is_cancelled: bool = False
    about: Model | None = None
    sequence: int = 0
    further: tuple["Dated", ...] = ()


sources: list[Callable[[int, datetime.date], Iterable[Dated]]] = []
