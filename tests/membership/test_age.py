import datetime

import pytest

from membership.age import is_old_enough


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
