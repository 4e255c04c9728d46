import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from work.rhythms import SUNDAY, daily, every, weekly


def at(day, clock):
    return datetime.datetime.fromisoformat(f"{day}T{clock}+07:00")


@pytest.mark.parametrize(
    ("rhythm", "moment", "slot"),
    [
        (every(minutes=1), at("2026-11-30", "10:07:59"), at("2026-11-30", "10:07")),
        (every(minutes=5), at("2026-11-30", "10:07:59"), at("2026-11-30", "10:05")),
        (every(minutes=60), at("2026-11-30", "10:07:59"), at("2026-11-30", "10:00")),
        (daily(6), at("2026-11-30", "05:59:59"), at("2026-11-29", "06:00")),
        (daily(6), at("2026-11-30", "06:00:00"), at("2026-11-30", "06:00")),
        (weekly(SUNDAY, 3), at("2026-11-30", "10:00"), at("2026-11-29", "03:00")),
        (weekly(SUNDAY, 3), at("2026-11-29", "02:59"), at("2026-11-22", "03:00")),
        (weekly(0, 0), at("2026-11-30", "00:00"), at("2026-11-30", "00:00")),
    ],
)
def test_a_slot_begins_by_the_clock_of_viet_nam(rhythm, moment, slot):
    assert rhythm.slot(moment) == slot
    assert rhythm.slot(moment.astimezone(ZoneInfo("UTC"))) == slot
    assert rhythm.next_slot(moment) == slot + rhythm.period


def test_it_says_how_often():
    with override("en"):
        said = [str(rhythm) for rhythm in (every(minutes=1), every(minutes=5), daily(0, 5), weekly(SUNDAY, 4))]
    assert said == ["every minute", "every 5 minutes", "daily at 00:05", "weekly, Sunday 04:00"]
