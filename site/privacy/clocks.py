"""By which day something is due. Pure: days off come in as they are."""

import datetime
from collections.abc import Container

_DAY = datetime.timedelta(days=1)
_SATURDAY = 5


def is_working(day: datetime.date, holidays: Container[datetime.date]) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def due_day(
    start: datetime.date, days: int, holidays: Container[datetime.date], *, counts_working_days: bool
) -> datetime.date:
    """The last day. The day on which it began does not count; what would end on a day off ends on the next working
    day (Bộ luật Dân sự 2015, điều 147 and 148)."""
    day, left = start, days
    while left or not is_working(day, holidays):
        day += _DAY
        left -= left > 0 and (not counts_working_days or is_working(day, holidays))
    return day
