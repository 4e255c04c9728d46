"""Blanks in a text, written or chosen."""

from decimal import Decimal
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessments.kinds import KINDS, Outcome, body_from_plain, parse

PLAIN = {
    "text": "Năm [2] tại [1].",
    "gaps": [{"right": ["Hà Nội", "Thăng Long"], "wrong": []}, {"right": ["1945"], "wrong": ["1954", "1975"]}],
    "is_tolerant": True,
}
TEXT = parse("blanks", PLAIN)
ORDER = [[], [2, 0, 1]]


@pytest.mark.parametrize(
    ("answer", "points", "outcome"),
    [
        (["ha noi", 1], "1.00", Outcome.RIGHT),
        (["Thăng Long", 0], "0.50", Outcome.PARTLY),
        ([None, 1], "0.50", Outcome.PARTLY),
        (["Huế", 2], "0.00", Outcome.WRONG),
    ],
)
def test_each_right_blank_earns_its_share(answer, points, outcome):
    marked = TEXT.mark(answer, ORDER)
    assert (marked.points, marked.outcome) == (Decimal(points), outcome)


def test_blanks_are_shown_where_they_stand_in_the_text():
    pieces = TEXT.shown(ORDER, ["Huế", 1])["pieces"]
    assert [piece.get("text", piece.get("gap", {}).get("number")) for piece in pieces] == [
        "Năm ",
        "2",
        " tại ",
        "1",
        ".",
    ]
    years = pieces[1]["gap"]["choices"]
    assert [(year["text"], year["is_chosen"]) for year in years] == [("1975", False), ("1945", True), ("1954", False)]
    assert pieces[3]["gap"]["text"] == "Huế"


def test_only_lists_are_shuffled():
    order = TEXT.shuffle(Random(1))
    assert order[0] == []
    assert sorted(order[1]) == [0, 1, 2]


def test_answers_are_told_in_words_by_number():
    assert TEXT.describe(["Huế", 1], ORDER) == ["1. Huế", "2. 1945"]
    assert TEXT.describe([None, 0], ORDER) == ["2. 1975"]
    assert TEXT.right_answer() == ["1. Hà Nội", "2. 1945"]


def test_a_plain_form_is_read_blank_by_blank():
    kind = KINDS["blanks"]
    raw = kind.read(QueryDict("q-1-0=+Hu%E1%BA%BF+&q-1-1=2"), "q-1", ORDER)
    assert kind.clean(raw, ORDER) == ["Huế", 2]
    assert kind.clean(kind.read(QueryDict(""), "q-1", ORDER), ORDER) is None


@pytest.mark.parametrize("raw", ["Huế", ["Huế"], ["Huế", 3], ["Huế", "1"], [1, 1], ["x" * 501, 1], [["a"], 1]])
def test_answers_that_no_form_sends_are_refused(raw):
    with pytest.raises(ValidationError):
        KINDS["blanks"].clean(raw, ORDER)


@pytest.mark.parametrize(
    "changed",
    [
        {"gaps": []},
        {"text": "Không có chỗ trống"},
        {"text": "Chỉ một [1]"},
        {"text": "[1] [1] [2]"},
        {"text": "[1] [2] [3]"},
        {"text": "x" * 4001},
        {"gaps": [{"right": []}, {"right": ["a"]}]},
        {"gaps": [{"right": ["a", "b"], "wrong": ["c"]}, {"right": ["a"]}]},
        {"gaps": [{"right": ["a"], "wrong": ["A"]}, {"right": ["a"]}]},
        {"gaps": ["a", "b"]},
    ],
)
def test_texts_that_make_no_question_are_refused(changed):
    with pytest.raises(ValidationError):
        body_from_plain("blanks", {**PLAIN, **changed})
