"""Numbers as people write them, tolerance, and units."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from assessments.kinds import KINDS, Outcome, body_from_plain, parse
from assessments.kinds.numbers import canonical, readings, split_unit

WEIGHT = parse("numeric", {"number": "1234.5", "tolerance": "0.5", "units": ["kg", "ki-lô-gam"]})
ASKED = parse("numeric", {"number": "12.5", "tolerance": "0", "units": ["km/h"], "is_unit_asked": True})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.234", {"1234", "1.234"}),
        ("1.234,5", {"1234.5"}),
        ("1,234.5", {"1234.5"}),
        ("1.234.567", {"1234567"}),
        ("1 000 000", {"1000000"}),
        ("−3", {"-3"}),
        ("0,125", {"0.125"}),
        ("2,5e3", {"2500"}),
        ("12 kg", set()),
        ("1.2.3", set()),
        ("mười hai", set()),
        ("", set()),
    ],
)
def test_every_reading_of_a_number_is_known(text, values):
    assert readings(text) == {Decimal(value) for value in values}


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(".,"))
def test_a_number_is_read_as_it_was_written_whatever_marks_the_decimals(number, mark):
    assert number in readings(canonical(number).replace(".", mark))


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("1234,5", 1),
        ("1.234,5", 1),
        ("1235", 1),
        ("1234 kg", 1),
        ("1234,2 Ki-lo-gam", 1),
        ("1235,1", 0),
        ("1234 tấn", 0),
        ("khoảng nghìn hai", 0),
        ("-1234,5", 0),
    ],
)
def test_an_answer_within_the_tolerance_counts_and_the_shown_unit_may_be_repeated(written, points):
    assert WEIGHT.mark(written, []).points == points


@pytest.mark.parametrize(
    ("written", "points", "outcome"),
    [
        ("12,5 km/h", "1.00", Outcome.RIGHT),
        ("12,5km / h", "1.00", Outcome.RIGHT),
        ("12,5", "0.50", Outcome.PARTLY),
        ("12,5 m/s", "0.50", Outcome.PARTLY),
        ("13 km/h", "0.00", Outcome.WRONG),
    ],
)
def test_a_unit_that_is_asked_for_is_half_of_the_point(written, points, outcome):
    marked = ASKED.mark(written, [])
    assert (marked.points, marked.outcome) == (Decimal(points), outcome)
    assert ASKED.shown([], None)["unit"] == ""


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"number": "mười"},
        {"number": "NaN"},
        {"number": "Infinity"},
        {"number": True},
        {"number": "1e99"},
        {"number": "0.0000000000001"},
        {"number": "1", "tolerance": "-1"},
        {"number": "1", "is_unit_asked": True},
        {"number": "1", "units": ["5 kg"]},
        {"number": "1", "units": ["kg", "KG"]},
        {"number": "1", "units": list("abcdefg")},
    ],
)
def test_numbers_that_make_no_question_are_refused(plain):
    with pytest.raises(ValidationError):
        body_from_plain("numeric", plain)


def test_half_a_number_is_kept_as_typed():
    assert KINDS["numeric"].clean(" -", []) == "-"
    assert KINDS["numeric"].clean("", []) is None
    with pytest.raises(ValidationError):
        KINDS["numeric"].clean("1" * 61, [])


def test_the_right_number_is_said_as_the_language_writes_it():
    with override("vi"):
        assert WEIGHT.right_answer() == ["1234,5 kg (± 0,5)"]
    assert split_unit("5%")[1] == "%"
