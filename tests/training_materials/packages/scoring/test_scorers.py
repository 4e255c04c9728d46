"""Each scorer against a table of responses, in the shapes that H5P publishes."""

import pytest

from training_materials.packages.scoring import Finish, Reported, UnverifiableError, finish_of, scorer_of

MANY = {"answers": [{"correct": True}, {"correct": False}, {"correct": True}, {"correct": False}]}
ONE = {"answers": [{"correct": False}, {"correct": True}]}


def score(library, params, response=None, children=()):
    scorer = scorer_of(library)
    assert scorer is not None
    scored = scorer(params, Reported(response=response, children=tuple(children)))
    return (scored.score, scored.maximum)


def child(sub_content, response):
    return Reported(sub_content=sub_content, response=response)


@pytest.mark.parametrize(
    ("params", "response", "expected"),
    [
        (MANY, "0[,]2", (2, 2)),
        (MANY, "2", (1, 2)),
        (MANY, "0[,]1", (0, 2)),
        (MANY, "0[,]1[,]3", (0, 2)),
        (MANY, "", (0, 2)),
        (MANY, None, (0, 2)),
        (MANY | {"behaviour": {"singlePoint": True, "passPercentage": 100}}, "0[,]2", (1, 1)),
        (MANY | {"behaviour": {"singlePoint": True, "passPercentage": 100}}, "0", (0, 1)),
        (MANY | {"behaviour": {"singlePoint": True, "passPercentage": 50}}, "0", (1, 1)),
        (MANY | {"behaviour": {"type": "single"}}, "2", (1, 1)),
        (MANY | {"behaviour": {"type": "single", "singlePoint": False}}, "1", (0, 1)),
        (ONE, "1", (1, 1)),
        (ONE, "0", (0, 1)),
        (ONE | {"behaviour": {"type": "multi"}}, "0[,]1", (0, 1)),
        ({"answers": [{"correct": False}]}, "", (1, 1)),
        ({"answers": [{"correct": False}]}, "0", (0, 1)),
    ],
)
def test_multi_choice(params, response, expected):
    assert score("H5P.MultiChoice 1.16", params, response) == expected


@pytest.mark.parametrize(
    ("params", "response"), [(MANY, "4"), (MANY, "0[,]0"), (MANY, "x"), (MANY, "-1"), (ONE, "0[,]1")]
)
def test_multi_choice_that_nobody_can_have_played(params, response):
    with pytest.raises(UnverifiableError):
        score("H5P.MultiChoice 1.16", params, response)


@pytest.mark.parametrize(
    ("correct", "response", "expected"),
    [("true", "true", 1), ("true", "false", 0), ("false", "false", 1), ("false", "", 0), ("true", None, 0)],
)
def test_true_false(correct, response, expected):
    assert score("H5P.TrueFalse 1.8", {"correct": correct}, response) == (expected, 1)


CLOZE = {"questions": ["<p>Thủ đô là *Hà Nội/Ha Noi:thành phố* và *S&#244;ng*.</p>", "<p>*1/2*</p>"]}


@pytest.mark.parametrize(
    ("behaviour", "response", "expected"),
    [
        ({}, "Hà Nội[,]Sông[,]2", 3),
        ({}, "Ha Noi[,]Sông[,]1", 3),
        ({}, "hà nội[,]Sông[,]1", 2),
        ({"caseSensitive": False}, "HÀ NỘI[,]sông[,]1", 3),
        ({}, " Hà Nội [,][,]", 1),
        ({"caseSensitive": False, "acceptSpellingErrors": True}, "Hà Nôi[,]Snôg[,]1", 3),
        ({"acceptSpellingErrors": True}, "Hà Nội[,]Xyz[,]3", 1),
        ({}, "", 0),
    ],
)
def test_blanks(behaviour, response, expected):
    assert score("H5P.Blanks 1.14", CLOZE | {"behaviour": behaviour}, response) == (expected, 3)


def test_a_long_word_may_have_two_slips_and_a_short_one_none():
    params = {"questions": ["*internet an toàn* *abc*"], "behaviour": {"acceptSpellingErrors": True}}
    assert score("H5P.Blanks 1.14", params, "intrenet an toan[,]abd") == (1, 2)


def test_blanks_with_more_answers_than_gaps():
    with pytest.raises(UnverifiableError):
        score("H5P.Blanks 1.14", {"questions": ["*a*"]}, "a[,]a")


SKY = {"textField": "Trời *xanh:màu* và đất *nâu*, mây *trắng\\+đúng rồi*.", "distractors": "*tím*"}


@pytest.mark.parametrize(
    ("response", "expected"),
    [("xanh[,]nâu[,]trắng", 3), ("nâu[,]xanh[,]tím", 0), ("xanh[,][,]trắng", 2), ("", 0), ("tím[,]nâu[,]", 1)],
)
def test_drag_text(response, expected):
    assert score("H5P.DragText 1.10", SKY, response) == (expected, 3)


@pytest.mark.parametrize("response", ["xanh[,]xanh[,]", "vàng[,]nâu[,]trắng", "xanh[,]nâu[,]trắng[,]tím"])
def test_drag_text_with_words_that_are_not_there(response):
    with pytest.raises(UnverifiableError):
        score("H5P.DragText 1.10", SKY, response)


CHOICES = {"choices": [{"question": "a", "answers": ["r", "w"], "subContentId": "a1"},
                       {"question": "b", "answers": ["r", "w", "w"], "subContentId": "b1"}]}  # fmt: skip


@pytest.mark.parametrize(
    ("children", "expected"),
    [([child("a1", "0"), child("b1", "0")], 2), ([child("b1", "0")], 1), ([child("a1", "1"), child("b1", "2")], 0),
     ([child("", "0"), child("", "1")], 1), ([child("a1", "")], 0)],
)  # fmt: skip
def test_single_choice_set(children, expected):
    assert score("H5P.SingleChoiceSet 1.11", CHOICES, None, children) == (expected, 2)


def test_single_choice_set_in_one_response():
    assert score("H5P.SingleChoiceSet 1.11", CHOICES, "0[,]2") == (1, 2)


@pytest.mark.parametrize("children", [[child("x", "0")], [child("a1", "0"), child("a1", "0")], [child("a1", "5")]])
def test_single_choice_set_with_strange_parts(children):
    with pytest.raises(UnverifiableError):
        score("H5P.SingleChoiceSet 1.11", CHOICES, None, children)


SUMMARIES = {"summaries": [{"summary": ["đúng", "sai"], "subContentId": "s1"}, {"summary": ["đúng", "sai"]}]}


@pytest.mark.parametrize(
    ("children", "expected"), [([child("s1", "0"), child("", "1[,]0")], 1), ([child("s1", "0"), child("", "0")], 2)]
)
def test_summary(children, expected):
    assert score("H5P.Summary 1.10", SUMMARIES, None, children) == (expected, 2)


WORDS = {"textField": "<p>Tôi *học* mỗi *ngày*, cả (*đời*).</p>"}


@pytest.mark.parametrize(("response", "expected"), [("1[,]3[,]5", 3), ("1[,]0", 0), ("1", 1), ("", 0), ("0[,]2", 0)])
def test_mark_the_words(response, expected):
    assert score("H5P.MarkTheWords 1.11", WORDS, response) == (expected, 3)


TASK = {"question": {"task": {
    "elements": [{}, {}, {"multiple": True}, {}],
    "dropZones": [{"correctElements": ["0", "2"]}, {"correctElements": ["1", "2"]}],
}}}  # fmt: skip


@pytest.mark.parametrize(
    ("behaviour", "response", "expected"),
    [
        ({}, "0[.]0[,]1[.]1[,]0[.]2[,]1[.]2", (4, 4)),
        ({}, "0[.]0[,]0[.]1", (1, 4)),
        ({"applyPenalties": True}, "0[.]0[,]0[.]1[,]1[.]3", (0, 4)),
        ({"singlePoint": True}, "0[.]0[,]1[.]1[,]0[.]2[,]1[.]2", (1, 1)),
        ({"singlePoint": True}, "0[.]0", (0, 1)),
        ({}, "", (0, 4)),
    ],
)
def test_drag_question(behaviour, response, expected):
    assert score("H5P.DragQuestion 1.14", TASK | {"behaviour": behaviour}, response) == expected


@pytest.mark.parametrize("response", ["0[.]0[,]1[.]0", "9[.]0", "0[.]9", "²[.]0", "x", "0[.]2[,]0[.]2"])
def test_drag_question_that_nobody_can_have_played(response):
    with pytest.raises(UnverifiableError):
        score("H5P.DragQuestion 1.14", TASK, response)


PARTS = [
    {"library": "H5P.TrueFalse 1.8", "params": {"correct": "true"}, "subContentId": "t"},
    {"library": "H5P.MultiChoice 1.16", "params": MANY, "subContentId": "m"},
    {"library": "H5P.AdvancedText 1.1", "params": {}, "subContentId": "x"},
]
CONTAINERS = {
    "H5P.QuestionSet 1.20": {"questions": PARTS},
    "H5P.Column 1.18": {"content": [{"content": part} for part in PARTS]},
    "H5P.InteractiveVideo 1.27": {
        "interactiveVideo": {
            "assets": {"interactions": [{"action": part} for part in PARTS[:2]]},
            "summary": {"task": PARTS[2]},
        }
    },
    "H5P.CoursePresentation 1.25": {
        "presentation": {"slides": [{"elements": [{"action": part}]} for part in PARTS] + [{}]}
    },
}


@pytest.mark.parametrize("library", CONTAINERS)
@pytest.mark.parametrize(
    ("children", "expected"),
    [([child("t", "true"), child("m", "0[,]2")], 3), ([child("m", "0")], 1), ([], 0), ([child("x", None)], 0)],
)
def test_contents_of_contents(library, children, expected):
    assert score(library, CONTAINERS[library], None, children) == (expected, 3)


@pytest.mark.parametrize("library", CONTAINERS)
@pytest.mark.parametrize("children", [[child("strange", "true")], [child("t", "true"), child("t", "true")]])
def test_strange_and_doubled_parts_make_the_whole_unverifiable(library, children):
    with pytest.raises(UnverifiableError):
        score(library, CONTAINERS[library], None, children)


def test_a_part_without_scorer_makes_the_whole_unverifiable():
    params = {"questions": [*PARTS, {"library": "H5P.Essay 1.5", "params": {}, "subContentId": "e"}]}
    with pytest.raises(UnverifiableError):
        score("H5P.QuestionSet 1.20", params)


def test_of_a_pool_only_the_questions_drawn_count():
    params = {"questions": PARTS[:2], "poolSize": 1}
    assert score("H5P.QuestionSet 1.20", params, None, [child("t", "true")]) == (1, 1)
    assert score("H5P.QuestionSet 1.20", params, None, []) == (0, 2)


@pytest.mark.parametrize(
    "library", ["H5P.MultiChoice 1.99", "H5P.MultiChoice 2.0", "H5P.Essay 1.5", "H5P.MultiChoice", ""]
)
def test_a_version_that_nobody_looked_at_has_no_scorer(library):
    assert scorer_of(library) is None


ESSAY = {"library": "H5P.Essay 1.5", "params": {}, "subContentId": "a"}
CARDS = {"library": "H5P.Dialogcards 1.9", "params": {}, "subContentId": "b"}
CHOICE = {"library": "H5P.MultiChoice 1.16", "params": {"answers": [{"correct": True}]}, "subContentId": "c"}


def _video(*actions):
    """With the summary at its end that H5P's editor writes, filled in or not."""
    summary = {"library": "H5P.Summary 1.10", "params": {"summaries": [{"summary": []}]}, "subContentId": "s"}
    assets = {"interactions": [{"action": action} for action in actions]}
    return {"interactiveVideo": {"assets": assets, "summary": {"task": summary}}}


@pytest.mark.parametrize(
    ("library", "params", "finish"),
    [
        ("H5P.MultiChoice 1.16", CHOICE["params"], Finish.SCORE),
        ("H5P.MultiChoice 1.99", CHOICE["params"], Finish.PLAYED),
        ("H5P.Essay 1.5", {}, Finish.PLAYED),
        ("H5P.Crossword 0.5", {}, Finish.PLAYED),
        ("H5P.Accordion 1.0", {}, Finish.MARKED),
        ("H5P.Dialogcards 1.9", {}, Finish.MARKED),
        ("H5P.Timeline 1.1", {}, Finish.MARKED),
        ("H5P.DocumentationTool 1.8", {}, Finish.MARKED),
        ("H5P.Column 1.16", {"content": [{"content": CHOICE}, {"content": CARDS}]}, Finish.SCORE),
        ("H5P.Column 1.16", {"content": [{"content": CHOICE}, {"content": ESSAY}]}, Finish.PLAYED),
        ("H5P.Column 1.16", {"content": [{"content": CARDS}]}, Finish.MARKED),
        ("H5P.CoursePresentation 1.25", {"presentation": {"slides": [{"elements": [{"action": CARDS}]}]}},
         Finish.MARKED),
        ("H5P.InteractiveVideo 1.27", _video(CARDS), Finish.MARKED),
        ("H5P.InteractiveVideo 1.27", _video(CARDS, ESSAY), Finish.PLAYED),
        ("H5P.InteractiveVideo 1.27", _video(CHOICE), Finish.SCORE),
    ],
)  # fmt: skip
def test_what_can_finish_an_activity_follows_from_the_content_as_it_is(library, params, finish):
    assert finish_of(library, params) == finish
