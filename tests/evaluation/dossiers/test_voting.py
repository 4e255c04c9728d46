import pytest

from evaluation.dossiers.models import MeetingLine, ReviewStep
from evaluation.dossiers.voting import Vote, result_of

CARRIED, LOST, SHORT, NOTED = MeetingLine.Result
TWO_THIRDS = {"majority_percent": 66}
BY_CHAIR, BY_HALF = {"tie": "chair"}, {"tie": "carried"}
NUMBER_ALONE = {"majority_percent": None, "majority_votes": 3}
EXPECTED = [
    # step, judges, against, abstained, how the chair voted, result
    ({}, 4, 4, 0, None, LOST),
    ({}, 4, 1, 0, None, CARRIED),
    ({}, 4, 2, 0, None, LOST),
    ({}, 4, 1, 1, None, LOST),  # two of four are not more than half: who abstains does not agree
    ({}, 3, 0, 1, None, CARRIED),
    ({}, 0, 0, 0, None, SHORT),
    ({"quorum": 3}, 2, 0, 0, None, SHORT),
    (BY_CHAIR, 4, 2, 0, True, CARRIED),
    (BY_CHAIR, 4, 2, 0, False, LOST),
    (BY_CHAIR, 4, 2, 0, None, LOST),
    (BY_CHAIR, 5, 2, 1, True, LOST),
    (BY_HALF, 7, 1, 5, None, LOST),  # one for and one against of seven are no half
    (BY_CHAIR | {"majority_percent": 40}, 4, 2, 0, False, CARRIED),  # half of them reached the share
    (BY_CHAIR, 4, 3, 0, True, LOST),
    (BY_CHAIR, 3, 0, 3, True, LOST),
    (BY_HALF, 4, 2, 0, None, CARRIED),
    (BY_HALF | TWO_THIRDS, 4, 2, 0, None, LOST),
    (TWO_THIRDS, 3, 1, 0, None, CARRIED),
    (TWO_THIRDS, 5, 2, 0, None, LOST),
    (NUMBER_ALONE, 7, 4, 0, None, CARRIED),
    (NUMBER_ALONE, 7, 5, 0, None, LOST),
    ({"majority_votes": 5}, 4, 0, 0, None, LOST),
    ({"majority_percent": None}, 4, 4, 0, None, NOTED),
]


@pytest.mark.parametrize(("step", "judges", "against", "abstained", "chair", "result"), EXPECTED)
def test_a_majority_is_data(step, judges, against, abstained, chair, result):
    assert result_of(ReviewStep(**step), judges, Vote(against, abstained, chair)) == result


def test_a_quorum_in_percent_asks_for_those_who_may_judge():
    step = ReviewStep(quorum_percent=66)
    assert [result_of(step, judges, Vote(), invited=4) for judges in (2, 3)] == [SHORT, CARRIED]
