"""A written answer waits for a trainer, and is marked by criteria."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from assessments.kinds import KINDS, NOT_ANSWERED, WAITING, Outcome, body_from_plain, parse

PLAIN = {"criteria": [{"text": "Nêu đủ ba bước", "points": 3}, {"text": "Có ví dụ", "points": 1}], "guide": "Ba bước…"}
WRITTEN = parse("written", PLAIN)


def test_an_answer_waits_until_it_is_marked_and_no_answer_does_not():
    assert WRITTEN.mark("Bài viết", []) == WAITING
    assert WAITING.points is None
    assert WRITTEN.mark(None, []) == NOT_ANSWERED


@pytest.mark.parametrize(
    ("marks", "points", "outcome"),
    [([3, 1], "1.00", Outcome.RIGHT), ([2, 0], "0.50", Outcome.PARTLY), ([0, 0], "0.00", Outcome.WRONG)],
)
def test_marks_by_criterion_make_the_share_of_the_point(marks, points, outcome):
    marked = WRITTEN.mark("Bài viết", [], marks)
    assert (marked.points, marked.outcome) == (Decimal(points), outcome)


@given(st.integers(0, 3), st.integers(0, 1))
def test_more_points_on_a_criterion_never_make_less(first, second):
    points = WRITTEN.mark("Bài", [], [first, second]).points
    assert 0 <= points <= 1
    assert parse("written", WRITTEN.as_json()).mark("Bài", [], [first, second]).points == points
    if first < 3:
        assert WRITTEN.mark("Bài", [], [first + 1, second]).points >= points


@pytest.mark.parametrize("marks", [[], [1], [4, 0], [-1, 0], [1, 0, 0], [True, 0], [1.5, 0], ["1", 0]])
def test_marks_that_do_not_fit_the_criteria_are_refused(marks):
    with pytest.raises(ValidationError):
        WRITTEN.mark("Bài viết", [], marks)


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"criteria": []},
        {"criteria": [{"text": "a", "points": 0}]},
        {"criteria": [{"text": "a", "points": 21}]},
        {"criteria": [{"text": "a", "points": None}]},
        {"criteria": [{"text": "a", "points": 1}, {"text": "A", "points": 1}]},
        {"criteria": [{"text": "a", "points": 1}], "guide": "x" * 2001},
    ],
)
def test_a_rubric_that_cannot_be_marked_is_refused(plain):
    with pytest.raises(ValidationError):
        body_from_plain("written", plain)


def test_the_guide_is_not_among_what_is_shown_and_criteria_are():
    shown = WRITTEN.shown([], None)
    assert "Ba bước…" not in str(shown)
    assert shown["criteria"][0].text == "Nêu đủ ba bước"
    assert WRITTEN.right_answer() == ["Ba bước…"]


def test_lines_of_an_answer_are_kept_and_too_long_ones_refused():
    assert KINDS["written"].clean(" Một\r\nHai \x0a", []) == "Một\nHai"
    assert WRITTEN.describe("Một\nHai", []) == ["Một", "Hai"]
    assert KINDS["written"].clean("  ", []) is None
    with pytest.raises(ValidationError):
        KINDS["written"].clean("x" * 5001, [])
