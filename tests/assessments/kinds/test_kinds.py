"""Each kind by example."""

from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessments.kinds import KINDS, Outcome, body_from_plain, parse


def _options(*flags: bool) -> dict:
    return {"options": [{"text": f"Ý {number}", "is_correct": flag} for number, flag in enumerate(flags)]}


MULTIPLE = parse("multiple_choice", _options(True, True, False, False))


@pytest.mark.parametrize(
    ("chosen", "points", "outcome"),
    [
        ([0, 1], "1.00", Outcome.RIGHT),
        ([0], "0.50", Outcome.PARTLY),
        ([0, 1, 2], "0.50", Outcome.PARTLY),
        ([0, 2], "0.00", Outcome.WRONG),
        ([2, 3], "0.00", Outcome.WRONG),
        ([0, 1, 2, 3], "0.00", Outcome.WRONG),
    ],
)
def test_multiple_choice_counts_right_picks_minus_wrong_ones(chosen, points, outcome):
    marked = MULTIPLE.mark(chosen, [0, 1, 2, 3])
    assert (marked.points, marked.outcome) == (Decimal(points), outcome)


@pytest.mark.parametrize(
    ("written", "is_right"),
    [
        ("Đà Nẵng", True),
        ("da nang", True),
        ("  ĐÀ   NẴNG. ", True),
        ("Đa\u0300 Na\u0306\u0303ng", True),
        ("Hà Nội", False),
    ],
)
def test_tolerant_short_text_forgives_accents_case_and_blanks(written, is_right):
    body = parse("short_text", {"accepted": ["Đà Nẵng"]})
    assert (body.mark(KINDS["short_text"].clean(written, []), []).points == 1) is is_right


@pytest.mark.parametrize(
    ("written", "is_right"), [("hòa bình", True), ("Hoà Bình", True), ("hoa binh", False), ("hóa bình", False)]
)
def test_exact_short_text_wants_accents_but_takes_both_places_of_the_tone(written, is_right):
    body = parse("short_text", {"accepted": ["Hòa bình"], "is_tolerant": False})
    assert (body.mark(written, []).points == 1) is is_right


def test_matching_counts_each_right_pair_and_takes_equal_partners_as_one():
    pairs = [("Số 1", "Tự học"), ("Số 5", "Công cụ"), ("Số 6", "Công cụ")]
    body = parse("matching", {"pairs": [{"left": left, "right": right} for left, right in pairs]})
    order = {"lefts": [2, 0, 1], "rights": [1, 0]}
    assert [choice["text"] for choice in body.shown(order, None)["rows"][0]["choices"]] == ["Công cụ", "Tự học"]
    assert body.mark([0, 0, None], order).points == Decimal("0.33")
    assert body.mark([0, 1, 0], order).outcome == Outcome.RIGHT


def test_ordering_counts_lines_at_their_place_even_while_numbers_repeat():
    body = parse("ordering", {"items": ["Một", "Hai", "Ba", "Bốn"]})
    assert body.mark([3, 2, 1, 0], [3, 2, 1, 0]).points == 1
    assert body.mark([0, 0, 0, 0], [3, 2, 1, 0]).points == Decimal("0.25")
    assert body.describe([0, None, None, 1], [3, 2, 1, 0]) == ["1. Bốn", "2. Một"]


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        ("single_choice", _options(True, True)),
        ("single_choice", _options(False, False)),
        ("single_choice", {"options": [{"text": "Một", "is_correct": True}]}),
        ("single_choice", {"options": [{"text": "Một", "is_correct": True}, {"text": " một "}]}),
        ("single_choice", {"options": [{"text": "Một", "is_correct": True}, {"text": "  "}]}),
        ("single_choice", {}),
        ("single_choice", {"options": "không phải danh sách"}),
        ("multiple_choice", _options(False, False)),
        ("multiple_choice", _options(*[True] * 13)),
        ("true_false", {"answer": "true"}),
        ("short_text", {"accepted": []}),
        ("short_text", {"accepted": ["x" * 501]}),
        ("matching", {"pairs": [{"left": "a", "right": "b"}, {"left": "A", "right": "c"}]}),
        ("matching", {"pairs": [{"left": "a"}, {"left": "b", "right": "c"}]}),
        ("ordering", {"items": ["a"]}),
        ("ordering", {"items": ["a", 7]}),
    ],
)
def test_bodies_that_make_no_question_are_refused(kind, plain):
    with pytest.raises(ValidationError):
        body_from_plain(kind, plain)


@pytest.mark.parametrize(
    ("kind", "order", "raw"),
    [
        ("single_choice", [0, 1], 2),
        ("single_choice", [0, 1], -1),
        ("single_choice", [0, 1], True),
        ("single_choice", [0, 1], "1"),
        ("single_choice", [0, 1], 1.0),
        ("multiple_choice", [0, 1], 1),
        ("multiple_choice", [0, 1], [0, 5]),
        ("multiple_choice", [0, 1], [[0]]),
        ("true_false", [], 1),
        ("true_false", [], "true"),
        ("short_text", [], 5),
        ("short_text", [], "x" * 501),
        ("matching", {"lefts": [0, 1], "rights": [0]}, [0]),
        ("matching", {"lefts": [0, 1], "rights": [0]}, [0, 1]),
        ("ordering", [1, 0], {"0": 1}),
    ],
)
def test_answers_that_no_form_sends_are_refused(kind, order, raw):
    with pytest.raises(ValidationError):
        KINDS[kind].clean(raw, order)


@pytest.mark.parametrize(
    ("kind", "order", "form", "answer"),
    [
        ("single_choice", [1, 0], "q-1=1", 1),
        ("single_choice", [1, 0], "", None),
        ("multiple_choice", [1, 0, 2], "q-1=2&q-1=0", [0, 2]),
        ("multiple_choice", [1, 0, 2], "", None),
        ("true_false", [], "q-1=false", False),
        ("true_false", [], "", None),
        ("short_text", [], "q-1=+ba+", "ba"),
        ("short_text", [], "q-1=++", None),
        ("matching", {"lefts": [0, 1], "rights": [0, 1]}, "q-1-0=1&q-1-1=", [1, None]),
        ("ordering", [1, 0], "q-1-0=&q-1-1=", None),
    ],
)
def test_a_plain_form_is_read_into_the_same_answers(kind, order, form, answer):
    raw = KINDS[kind].read(QueryDict(form), "q-1", order)
    assert KINDS[kind].clean(raw, order) == answer


@pytest.mark.parametrize(("sign", "left"), [("\x00", ""), ("\x0b", " "), ("\ud800", ""), ("\ufffe", "")])
def test_a_sign_that_nothing_can_hold_is_left_out_of_a_typed_answer(sign, left):
    assert KINDS["short_text"].clean(f"Hà{sign}Nội", []) == f"Hà{left}Nội"


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "٣", "99999"])
def test_a_form_with_a_made_up_place_is_refused(text):
    with pytest.raises(ValidationError):
        KINDS["single_choice"].read(QueryDict(urlencode({"q-1": text})), "q-1", [0, 1])
