"""A key that was wrong, for each kind whose key is the order of its parts: the learner's page stays what it was."""

from random import Random

import pytest

from assessments.kinds import parse
from assessments.models import QuestionVersion
from assessments.rules.marking import fits

ORDERING = ({"items": ["một", "ba", "hai"]}, {"items": ["một", "hai", "ba"]})
MATCHING = (
    {"pairs": [{"left": "chó", "right": "meo"}, {"left": "mèo", "right": "gâu"}, {"left": "bò", "right": "ò"}]},
    {"pairs": [{"left": "mèo", "right": "meo"}, {"left": "chó", "right": "gâu"}, {"left": "bò", "right": "ò"}]},
)
SHARED = (MATCHING[0], {"pairs": [{**pair, "right": "gâu"} for pair in MATCHING[0]["pairs"]]})
BLANKS = (
    {"text": "[1] và [2]", "gaps": [{"right": ["a"], "wrong": ["b", "c"]}, {"right": ["x"], "wrong": []}]},
    {"text": "[1] và [2]", "gaps": [{"right": ["c"], "wrong": ["a", "b"]}, {"right": ["y"], "wrong": []}]},
)
CHOICE = (
    {"options": [{"text": "a", "is_correct": True}, {"text": "b", "is_correct": False}]},
    {"options": [{"text": "b", "is_correct": True}, {"text": "a", "is_correct": False}]},
)
CASES = [
    ("ordering", ORDERING, {"một": 0, "hai": 1, "ba": 2}),
    ("matching", MATCHING, {"chó": "gâu", "mèo": "meo", "bò": "ò"}),
    ("matching", SHARED, {"chó": "gâu", "mèo": "gâu", "bò": "gâu"}),
    ("blanks", BLANKS, ["c", "y"]),
    ("single_choice", CHOICE, "b"),
]


def _answer(kind, asked, order, wanted):
    """What the page sends for this answer, found by the texts that it shows."""
    shown = asked.shown(order, None)
    if kind == "blanks":
        choices = shown["pieces"][1]["gap"]["choices"]
        return [next(place for place, one in enumerate(choices) if one["text"] == wanted[0]), wanted[1]]
    if kind == "single_choice":
        return next(place for place, one in enumerate(shown["options"]) if one["text"] == wanted)
    if kind == "ordering":
        return [wanted[row["text"]] for row in shown["rows"]]
    places = {one["text"]: place for place, one in enumerate(shown["rows"][0]["choices"])}
    return [places[wanted[row["text"]]] for row in shown["rows"]]


@pytest.mark.parametrize(("kind", "bodies", "wanted"), CASES, ids=["order", "pairs", "shared", "blanks", "choice"])
def test_the_answer_that_is_right_now_earns_the_point_in_whatever_order_it_was_asked(kind, bodies, wanted):
    asked, corrected = (parse(kind, body) for body in bodies)
    for seed in range(12):
        order = asked.shuffle(Random(seed))
        answer = _answer(kind, asked, order, wanted)
        assert asked.mark(answer, order).points < 1
        assert corrected.mark(answer, corrected.carried(asked, order)).points == 1
        assert asked.carried(asked, order) == order


def test_a_partner_that_belongs_to_no_line_any_more_is_wrong():
    asked, corrected = (parse("matching", body) for body in SHARED)
    order = asked.shuffle(Random(5))
    answer = _answer("matching", asked, order, {"chó": "meo", "mèo": "gâu", "bò": "ò"})
    assert float(corrected.mark(answer, corrected.carried(asked, order)).points) == 0.33


@pytest.mark.parametrize(
    ("kind", "asked", "other"),
    [
        ("ordering", ORDERING[0], {"items": ["một", "hai", "bốn"]}),
        ("ordering", ORDERING[0], {"items": ["một", "hai"]}),
        ("matching", MATCHING[0], {"pairs": [*MATCHING[0]["pairs"], {"left": "vịt", "right": "cạp"}]}),
        ("matching", SHARED[1], SHARED[0]),
        ("blanks", BLANKS[0], {**BLANKS[1], "text": "[2] và [1]"}),
        ("blanks", BLANKS[0], {**BLANKS[0], "gaps": [{"right": ["a"], "wrong": ["b"]}, BLANKS[0]["gaps"][1]]}),
    ],
    ids=["other line", "fewer lines", "more pairs", "partners not shown", "other text", "fewer choices"],
)
def test_what_the_page_did_not_show_cannot_mark(kind, asked, other):
    versions = [
        QuestionVersion(pk=number, question_id=1, kind=kind, prompt="?", body=parse(kind, body).as_json(), media=[])
        for number, body in enumerate((asked, other), start=1)
    ]
    assert not fits(*versions)


def test_another_picture_beside_an_option_cannot_mark():
    body = parse("single_choice", CHOICE[0]).as_json()
    turned = parse("single_choice", CHOICE[1]).as_json()
    picture = {"name": "a.webp", "alt": "A", "place": 0}
    asked = QuestionVersion(pk=1, question_id=1, kind="single_choice", body=body, media=[picture])
    for number, (place, is_fit) in enumerate([(1, True), (0, False), (None, False)], start=2):
        media = [{**picture, "place": place, "alt": "Lời khác"}]
        other = QuestionVersion(pk=number, question_id=1, kind="single_choice", body=turned, media=media)
        assert fits(asked, other) is is_fit
