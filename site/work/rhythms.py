"""How often something recurs, in Viet Nam's time. A slot is the moment from which one run of it is due. Pure."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")  # without summer time: a day has 24 hours
_EPOCH = datetime.datetime(2001, 1, 1, tzinfo=_VIET_NAM)  # a Monday

SUNDAY = 6


@dataclass(frozen=True)
class Rhythm:
    """Every so long, counted from a midnight: ``offset`` after the Monday, the day or the hour began."""

    period: datetime.timedelta
    offset: datetime.timedelta = datetime.timedelta()

    def slot(self, at: datetime.datetime) -> datetime.datetime:
        """The latest slot that has begun."""
        first = _EPOCH + self.offset
        return first + (at - first) // self.period * self.period

    def next_slot(self, at: datetime.datetime) -> datetime.datetime:
        return self.slot(at) + self.period

    @property
    def patience(self) -> datetime.timedelta:
        """After this without an end, whoever ran a slot has died; and so long may a slot be late without notice."""
        return max(datetime.timedelta(minutes=10), min(self.period, datetime.timedelta(hours=3)))

    def __str__(self) -> str:
        minutes = self.period // datetime.timedelta(minutes=1)
        moment = _EPOCH + self.offset
        if minutes < 24 * 60:
            return ngettext("every minute", "every %(count)s minutes", minutes) % {"count": minutes}
        if minutes == 24 * 60:
            return _("daily at %(time)s") % {"time": time_format(moment, "H:i")}
        return _("weekly, %(moment)s") % {"moment": date_format(moment, "l H:i")}


def every(*, minutes: int) -> Rhythm:
    return Rhythm(datetime.timedelta(minutes=minutes))


def daily(hour: int, minute: int = 0) -> Rhythm:
    return Rhythm(datetime.timedelta(days=1), datetime.timedelta(hours=hour, minutes=minute))


def weekly(day: int, hour: int, minute: int = 0) -> Rhythm:
    """``day``: 0 is Monday."""
    return Rhythm(datetime.timedelta(days=7), datetime.timedelta(days=day, hours=hour, minutes=minute))
