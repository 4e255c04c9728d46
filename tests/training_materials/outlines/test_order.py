"""What waits, and what stands, in a course's order."""

from dataclasses import dataclass

from training_materials.outlines.order import as_planned, plan_for


@dataclass
class Placed:
    pk: int
    live: bool = True


def keys(steps):
    return [step.pk for step in steps]


SEEN = [Placed(1), Placed(2), Placed(3, live=False)]


def test_only_an_order_that_learners_would_see_waits():
    assert plan_for(SEEN, [3, 1, 2]) == {}
    assert plan_for(SEEN, [2, 1, 3]) == {"seen": [1, 2], "order": [2, 1, 3]}


def test_what_waits_is_shown_and_what_came_since_stands_last():
    plan = plan_for(SEEN, [2, 3, 1])
    assert keys(as_planned([*SEEN, Placed(4)], plan)) == [2, 3, 1, 4]
    assert keys(as_planned(SEEN, {})) == [1, 2, 3]


def test_a_plan_that_was_carried_out_says_nothing_of_what_comes_later():
    plan = plan_for(SEEN, [2, 1, 3])
    assert keys(as_planned([Placed(2), Placed(3), Placed(1)], plan)) == [2, 3, 1]


def test_a_step_that_is_gone_does_not_undo_the_plan():
    plan = plan_for([Placed(1), Placed(2), Placed(5)], [5, 2, 1])
    assert keys(as_planned([Placed(1), Placed(5)], plan)) == [5, 1]
