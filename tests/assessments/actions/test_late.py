import datetime
from decimal import Decimal

import pytest

from assessments import actions
from assessments.actions import Given
from assessments.models import Response, Signal
from assessments.refusals import AttemptClosedError
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Verification
from learning.tracking.models import StepProgress
from tests.assessments.conftest import add_quiz, all_right

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def attempt(classroom):
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 6)], time_limit_minutes=10)
    return classroom.begin(quiz=quiz)


def _given(attempt, made_at, sequence=5):
    return [Given(one.position, one.answer, sequence, made_at) for one in all_right(attempt)]


def _late(classroom, attempt, made_at, at=None):
    return actions.take_late(
        attempt=attempt.pk, given=_given(attempt, made_at), by=classroom.an, at=at or attempt.due_at + HOUR
    )


def test_answers_given_in_time_make_the_result_of_the_site_anew(classroom, attempt):
    actions.finish(attempt=attempt, by=None, at=attempt.due_at + HOUR / 2)
    saved = _late(classroom, attempt, attempt.due_at)
    attempt.refresh_from_db()
    assert all(one.is_saved for one in saved)
    assert (attempt.points, attempt.is_passed) == (Decimal(6), True)
    assert attempt.earlier_results.get().points == 0
    assert Signal.objects.get().kind == "late"
    evidence = Evidence.objects.get(kind=Kind.QUIZ_PASSED)
    assert evidence.verification == Verification.NONE
    assert StepProgress.objects.filter(completed_at__isnull=False).exists()
    again = _late(classroom, attempt, attempt.due_at)
    assert all(one.is_saved for one in again)
    assert attempt.earlier_results.count() == 1


def test_an_open_attempt_takes_them_before_it_is_handed_in(classroom, attempt):
    _late(classroom, attempt, attempt.started_at + HOUR / 10)
    finished = actions.finish(attempt=attempt, by=classroom.an, at=attempt.due_at + 2 * HOUR)
    assert finished.is_passed
    assert Evidence.objects.get(kind=Kind.QUIZ_PASSED).verification == Verification.NONE


def test_what_was_given_after_the_end_or_after_a_contact_does_not_count(classroom, attempt):
    with pytest.raises(AttemptClosedError):
        _late(classroom, attempt, attempt.due_at + datetime.timedelta(seconds=1))
    contact = attempt.started_at + datetime.timedelta(minutes=8)
    first = all_right(attempt)[0]
    actions.answer(attempt=attempt, position=1, answer=first.answer, sequence=1, by=classroom.an, at=contact)
    with pytest.raises(AttemptClosedError):
        _late(classroom, attempt, contact - datetime.timedelta(minutes=3))


def test_who_has_handed_in_or_said_that_nothing_comes_adds_nothing(classroom, attempt):
    actions.finish(attempt=attempt, by=None, at=attempt.due_at + HOUR / 2)
    actions.settle_attempt(attempt=attempt, by=classroom.an, at=attempt.due_at + HOUR / 2)
    with pytest.raises(AttemptClosedError):
        _late(classroom, attempt, attempt.due_at)


def test_a_day_later_nothing_counts(classroom, attempt):
    with pytest.raises(AttemptClosedError):
        _late(classroom, attempt, attempt.due_at, at=attempt.due_at + 25 * HOUR)


def test_anothers_attempt_is_unknown(classroom, attempt):
    with pytest.raises(Response.DoesNotExist):
        actions.take_late(attempt=attempt.pk, given=[], by=classroom.standing.ha, at=attempt.due_at)
