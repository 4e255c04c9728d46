"""On which days a session takes place, from when until when, and how long that is. Pure."""

import datetime
from collections.abc import Iterable, Sequence

Period = tuple[datetime.datetime, datetime.datetime]

_DAY = datetime.timedelta(days=1)
_HOUR = datetime.timedelta(hours=1)
_MOST_TOLD = 5


def days_between(begins: datetime.datetime, ends: datetime.datetime) -> list[Period]:
    """Both in local time. What takes several days takes the same hours on each; what runs through the nights between,
    as a camp does, takes them all."""
    each = ends - begins.replace(year=ends.year, month=ends.month, day=ends.day)
    if each <= datetime.timedelta():
        return [(begins, ends)]
    mornings = [begins + number * _DAY for number in range((ends.date() - begins.date()).days + 1)]
    return [(morning, morning + each) for morning in mornings]


def hours_of(periods: Iterable[Period]) -> float:
    return sum((ends - begins) / _HOUR for begins, ends in periods)


def in_lines(periods: Iterable[Period]) -> list[str]:
    """Each day with its hours, in figures; what runs through a night with both days."""
    return [
        f"{begins:%H:%M}–{ends:%H:%M}, {begins:%d/%m/%Y}"
        if begins.date() == ends.date()
        else f"{begins:%H:%M, %d/%m/%Y} – {ends:%H:%M, %d/%m/%Y}"
        for begins, ends in periods
    ]


def in_one_line(told: Sequence[str]) -> str:
    """Of many the first and the last."""
    return "; ".join(told if len(told) <= _MOST_TOLD else [told[0], "…", told[-1]])


def are_in_order(periods: Sequence[Period]) -> bool:
    """Each ends after it begins, and before the next one begins."""
    moments = [moment for period in periods for moment in period]
    return all(begins < ends for begins, ends in periods) and moments == sorted(moments)
