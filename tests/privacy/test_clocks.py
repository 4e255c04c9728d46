"""By which day something is due."""

import datetime

import pytest

from privacy.clocks import due_day

D = datetime.date
TET = {D(2026, 2, day) for day in range(16, 21)}


@pytest.mark.parametrize(
    ("start", "days", "working", "due"),
    [
        (D(2026, 12, 1), 2, True, D(2026, 12, 3)),
        (D(2026, 12, 3), 2, True, D(2026, 12, 7)),  # over a weekend
        (D(2026, 2, 12), 2, True, D(2026, 2, 23)),  # Thursday before Tết: Friday, and the Monday after it
        (D(2026, 2, 14), 1, True, D(2026, 2, 23)),  # began on a Saturday
        (D(2026, 12, 1), 10, False, D(2026, 12, 11)),
        (D(2026, 12, 2), 10, False, D(2026, 12, 14)),  # would end on a Saturday
        (D(2026, 2, 6), 10, False, D(2026, 2, 23)),  # would end at Tết
    ],
)
def test_days_off_count_for_nothing_and_nothing_ends_on_them(start, days, working, due):
    assert due_day(start, days, TET, counts_working_days=working) == due
