import pytest

from tests.training_materials.activities.samples import CARDS, CHECK, EXPLORED, SEARCHED, STORY
from training_materials.activities.branching_scenario import BranchingScenario, Change, Choice, Meter, Need, Scene
from training_materials.activities.content import Score, UnreadableResponseError
from training_materials.activities.flash_cards import Card, FlashCards
from training_materials.activities.hotspot_picture import HotspotPicture, Spot
from training_materials.activities.knowledge_check import Answer, KnowledgeCheck, Question

GOOD = Scene("b", "B", "", points=1)


@pytest.mark.parametrize(
    ("activity", "response", "raw", "maximum"),
    [
        (CHECK, "0[.]0[,]1[.]0[,]1[.]2", 2, 2),
        (CHECK, "0[.]1[,]1[.]0", 0, 2),
        (CHECK, "1[.]2[,]1[.]0", 1, 2),
        (CHECK, "1[.]0[,]1[.]1[,]1[.]2", 0, 2),
        (CHECK, "", 0, 2),
        (CARDS, "0[.]1[,]1[.]0[,]2[.]1[,]1[.]1", 3, 3),
        (CARDS, "0[.]1[,]1[.]0", 1, 3),
        (CARDS, "2[.]0[,]1[.]1", 1, 3),
        (CARDS, "", 0, 3),
        (STORY, "0[,]1", 10, 10),
        (STORY, "0[,]2", 2, 10),
        (STORY, "0[,]0", 0, 10),
        (EXPLORED, "1", 1, 2),
        (EXPLORED, "0[,]1", 2, 2),
        (SEARCHED, "0[,]1", 2, 2),
        (SEARCHED, "0[,]1[,]2", 1, 2),
        (SEARCHED, "2", 0, 2),
    ],
)
def test_score_follows_from_content_and_response(activity, response, raw, maximum):
    assert activity.score(response) == Score(raw, maximum)


@pytest.mark.parametrize(
    ("activity", "response"),
    [
        (CHECK, "0[.]5"),
        (CHECK, "7[.]0"),
        (CHECK, "0[.]0[,]0[.]0"),
        (CHECK, "nonsense"),
        (CARDS, "3[.]1"),
        (CARDS, "0[.]1[,]0[.]1"),
        (CARDS, "0[.]7"),
        (STORY, "1"),
        (STORY, "0[,]9"),
        (STORY, "2[,]0"),
        (EXPLORED, "0[,]0"),
        (SEARCHED, "-1"),
        (SEARCHED, "3"),
    ],
)
def test_responses_that_cannot_have_been_given_are_no_score(activity, response):
    with pytest.raises(UnreadableResponseError):
        activity.score(response)


@pytest.mark.parametrize("activity", [CHECK, CARDS, STORY, EXPLORED, SEARCHED])
def test_sound_activities_have_no_problems(activity):
    assert activity.problems() == []


def test_question_without_a_right_or_a_wrong_answer_is_told():
    both = KnowledgeCheck((Question("?", (Answer("a", True), Answer("b", True))), Question("?", (Answer("a", False),))))
    assert [problem.split(":")[0][-1] for problem in both.problems()] == ["1", "2"]


def test_card_with_one_side_is_told():
    cards = FlashCards((Card("a", "b"), Card("c", ""), Card("", "d")))
    assert [problem.split(":")[0][-1] for problem in cards.problems()] == ["2", "3"]


@pytest.mark.parametrize(
    ("scenes", "meters"),
    [
        ((Scene("a", "A", "", (Choice("x", "nowhere"),)), GOOD), ()),
        ((Scene("a", "A", ""), Scene("a", "A", "", points=1)), ()),
        ((Scene("a", "A", "", (Choice("x", "b", needs=(Need("m", 1),)),)), GOOD), (Meter("m", "M"),)),
        ((Scene("a", "A", "", (Choice("x", "a"),)), GOOD), ()),
        ((Scene("a", "A", "", (Choice("x", "b", changes=(Change("none", 1),)),)), GOOD), ()),
        ((Scene("a", "A", "", (Choice("x", "b"),)), Scene("b", "B", "")), ()),
        ((Scene("a", "A", "", (Choice("x", "b"),)), GOOD), (Meter("m", "M", 11),)),
    ],
    ids=["link", "twice", "closed", "loop", "meter", "points", "start"],
)  # fmt: skip
def test_story_that_cannot_be_told_says_why(scenes, meters):
    assert BranchingScenario(scenes, meters).problems()


def test_pins_too_close_for_a_thumb_are_told():
    spots = (Spot(10, 10, "Một", ""), Spot(15, 12, "Hai", ""), Spot(60, 60, "Ba", ""))
    assert len(HotspotPicture(EXPLORED.picture, spots).problems()) == 1


def test_search_needs_a_question_and_a_target():
    assert len(HotspotPicture(EXPLORED.picture, EXPLORED.spots, mode="find").problems()) == 2


def test_what_a_content_leaves_out_stands_at_its_default():
    """As in semantics.json: who wrote the content elsewhere need not have said it."""
    meter = {"key": "m", "label": "Vốn"}
    first = {"text": "Vay", "next": "b", "changes": [{"meter": "m", "by": 3}]}
    second = {"text": "Mua", "next": "c", "needs": [{"meter": "m", "atLeast": 1}]}
    scenes = [
        {"key": "a", "title": "A", "text": "", "choices": [first]},
        {"key": "b", "title": "B", "text": "", "choices": [second]},
        {"key": "c", "title": "C", "text": "", "points": 5},
    ]
    story = BranchingScenario.read({"scenes": scenes, "meters": [meter]})
    assert story.score("0[,]0") == Score(5, 5)
    assert (story.meters[0].highest, story.pass_percentage) == (10, 60)
    assert (KnowledgeCheck.read({}).pass_percentage, HotspotPicture.read({"mode": None}).mode) == (60, "explore")
