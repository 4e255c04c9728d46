"""The next step: never what is optional while something needed waits."""

import datetime
import uuid

import pytest

from learning.tracking.courses.state import CourseState
from learning.tracking.models import Enrolment, StepProgress
from training_materials.outlines.outline import Outline, Step

NOON = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)


def _step(slug, *, is_required=True):
    return Step(
        page_id=hash(slug), key=uuid.uuid5(uuid.NAMESPACE_DNS, slug), slug=slug, title=slug, summary="",
        kind="training_materials.LessonPage", minutes=5, is_required=is_required, is_open=False, revision=1, url="",
    )  # fmt: skip


FIRST, PRACTICE, SECOND, EXAM = _step("mot"), _step("luyen-tap", is_required=False), _step("hai"), _step("thi")
STEPS = (FIRST, PRACTICE, SECOND, EXAM)


def _state(done=(), begun=(), steps=STEPS):
    """``begun``: visited and not done, first to last; what is done was visited before."""
    rows = {step.key: StepProgress(step_key=step.key, visited_at=NOON, completed_at=NOON) for step in done}
    for minute, step in enumerate(begun, start=1):
        visited = NOON + datetime.timedelta(minutes=minute)
        rows[step.key] = StepProgress(step_key=step.key, visited_at=visited)
    return CourseState(Outline("", "", "", True, ("", ""), steps, (), ()), Enrolment(), rows)


@pytest.mark.parametrize(
    ("done", "begun", "expected"),
    [
        ([], [], FIRST),
        ([FIRST], [], SECOND),
        ([FIRST], [PRACTICE], SECOND),
        ([FIRST, PRACTICE], [], SECOND),
        ([FIRST], [SECOND, EXAM], EXAM),
        ([FIRST], [EXAM, SECOND, PRACTICE], SECOND),
        ([FIRST, SECOND, EXAM], [], PRACTICE),
        (STEPS, [], None),
    ],
)
def test_one_goes_on_at_what_is_needed(done, begun, expected):
    assert _state(done, begun).resume == expected


def test_what_is_optional_is_offered_apart_until_it_is_done():
    assert _state([FIRST]).extras == [PRACTICE]
    assert _state([FIRST, PRACTICE]).extras == []


def test_a_course_in_which_all_is_optional_needs_all():
    state = _state(steps=(PRACTICE,))
    assert (state.resume, state.extras) == (PRACTICE, [])


def test_finishing_a_step_leads_past_what_is_optional():
    assert _state([FIRST]).next_open(FIRST) == SECOND
    assert _state([FIRST, SECOND]).next_open(PRACTICE) == EXAM
    assert _state([SECOND, EXAM]).next_open(EXAM) == FIRST
    assert _state([FIRST, SECOND, EXAM]).next_open(EXAM) is None


def test_the_step_after_passes_over_what_is_optional_and_says_so():
    state = _state([FIRST])
    assert state.onward(FIRST) == (SECOND, [PRACTICE])
    assert state.onward(EXAM) == (None, [])


def test_what_is_optional_comes_in_its_turn_once_it_is_done_or_nothing_needed_is_open():
    assert _state([FIRST, PRACTICE]).onward(FIRST) == (PRACTICE, [])
    done = _state([FIRST, SECOND, EXAM])
    assert done.onward(FIRST) == (PRACTICE, [])
