import datetime

import pytest

from membership.age import is_old_enough, is_possible_birth


@pytest.mark.parametrize(
    ("birth_day", "today", "is_so"),
    [
        (None, "2026-01-01", True),
        (None, "2025-12-31", False),
        ("2010-05-20", "2026-05-19", False),
        ("2010-05-20", "2026-05-20", True),
        ("2010-12-31", "2027-01-01", True),
    ],
)
def test_the_birthday_decides_where_it_is_known_else_the_year(birth_day, today, is_so):
    known = birth_day and datetime.date.fromisoformat(birth_day)
    assert is_old_enough(2010, known, datetime.date.fromisoformat(today)) is is_so


def test_who_lives_was_born_since_1900_and_no_later_than_today():
    today = datetime.date(2026, 12, 1)
    assert [is_possible_birth(year, None, today) for year in (1899, 1900, 2026, 2027)] == [False, True, True, False]
    days = (today, today + datetime.timedelta(days=1))
    assert [is_possible_birth(day.year, day, today) for day in days] == [True, False]
