"""On which days a series takes place. Pure."""

import calendar
import datetime
from enum import StrEnum

MOST = 60


class Every(StrEnum):
    WEEK = "week"
    MONTH = "month"


def days_after(first: datetime.date, every: Every, until: datetime.date) -> list[datetime.date]:
    """Those that follow the first, until and including the last; of a month without that day its last one. At most
    one more than MOST."""
    days: list[datetime.date] = []
    while len(days) <= MOST and (day := _nth(first, every, len(days) + 1)) <= until:
        days.append(day)
    return days


def _nth(first: datetime.date, every: Every, turn: int) -> datetime.date:
    if every == Every.WEEK:
        return first + turn * datetime.timedelta(weeks=1)
    years, month = divmod(first.month - 1 + turn, 12)
    year = first.year + years
    return datetime.date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
