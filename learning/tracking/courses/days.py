"""The days on which somebody learnt: this week beside their own goal, and a month as a calendar. Nobody is compared
with anybody, and no row of days is counted: a day without learning is a day."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learning.tracking.models import WeeklyGoal
from learning.tracking.querysets.own import days_learnt
from membership.models import Person

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


@dataclass(frozen=True)
class Day:
    date: datetime.date
    is_learnt: bool
    is_today: bool
    is_in_month: bool


@dataclass(frozen=True)
class Days:
    """``goal``: on how many days of a week one means to learn, 0 for none. ``later``: None where it is yet to come."""

    goal: int
    this_week: int
    month: datetime.date
    weeks: list[list[Day]]
    earlier: datetime.date
    later: datetime.date | None

    @property
    def is_reached(self) -> bool:
        return 0 < self.goal <= self.this_week

    @property
    def weekdays(self) -> list[tuple[str, datetime.date]]:
        """What stands above each column, and a day of it, by which it is said in full."""
        short = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
        return [(name, day.date) for name, day in zip(short, self.weeks[0], strict=True)]


def days_of(person: Person, today: datetime.date, month: str) -> Days | None:
    """None unless the person wants to see them: one query then, else two, whatever they did."""
    wanted = WeeklyGoal.objects.filter(person=person).first()
    if wanted is None:
        return None
    first = _asked(month, today)
    grid = _WEEKS.monthdatescalendar(first.year, first.month)
    learnt = days_learnt(person, [(grid[0][0], grid[-1][-1]), (_monday(today), today)])
    return drawn(wanted.days, first, today, learnt)


def drawn(goal: int, month: datetime.date, today: datetime.date, learnt: set[datetime.date]) -> Days:
    """The month, from its first day, with what was learnt in it. Pure."""
    weeks = [
        [Day(date, date in learnt, date == today, date.month == month.month) for date in week]
        for week in _WEEKS.monthdatescalendar(month.year, month.month)
    ]
    later = (month + datetime.timedelta(days=31)).replace(day=1)
    return Days(
        goal=goal,
        this_week=len([day for day in learnt if _monday(today) <= day <= today]),
        month=month,
        weeks=weeks,
        earlier=(month - datetime.timedelta(days=1)).replace(day=1),
        later=later if later <= today else None,
    )


def _asked(month: str, today: datetime.date) -> datetime.date:
    """The first day of the month that was asked for; of this one if that is none, or yet to come."""
    found = _MONTH.fullmatch(month)
    first = datetime.date(int(found[1]), int(found[2]), 1) if found else today
    return min(first, today).replace(day=1)


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())
