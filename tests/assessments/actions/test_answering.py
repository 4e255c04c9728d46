import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments import actions
from assessments.actions import Given
from assessments.models import Response
from assessments.refusals import AttemptClosedError
from assessments.rules.quiz import GRACE
from tests.assessments.conftest import add_quiz, all_right


def _text_position(attempt):
    return attempt.responses.get(version__kind="short_text").position


def _answer(classroom, attempt, text, sequence, **values):
    settled = {"position": _text_position(attempt), "by": classroom.an, "at": timezone.now(), **values}
    return actions.answer(attempt=attempt, answer=text, sequence=sequence, **settled)


def _stored(attempt):
    response = attempt.responses.get(version__kind="short_text")
    return response.answer, response.sequence


def test_an_answer_is_saved_as_given_with_its_moment(classroom):
    attempt, at = classroom.begin(), timezone.now()
    saved = _answer(classroom, attempt, "  Hoà bình ", 5, at=at)
    assert (saved.answer, saved.sequence, saved.answered_at, saved.is_saved) == ("Hoà bình", 5, at, True)
    assert _stored(attempt) == ("Hoà bình", 5)


def test_the_same_delivery_twice_is_once(classroom):
    attempt = classroom.begin()
    first = _answer(classroom, attempt, "một", 5, at=timezone.now())
    again = _answer(classroom, attempt, "một", 5, at=timezone.now() + datetime.timedelta(seconds=9))
    assert again == first


def test_a_late_delivery_changes_nothing_and_is_told_what_stands(classroom):
    attempt = classroom.begin()
    _answer(classroom, attempt, "mới", 9)
    late = _answer(classroom, attempt, "cũ", 8)
    assert (late.answer, late.sequence, late.is_saved) == ("mới", 9, False)
    assert _stored(attempt) == ("mới", 9)


def test_an_emptied_answer_is_saved_as_empty(classroom):
    attempt = classroom.begin()
    _answer(classroom, attempt, "gì đó", 1)
    assert _answer(classroom, attempt, "", 2).answer is None
    assert _stored(attempt) == (None, 2)


def test_anothers_attempt_and_a_missing_position_are_unknown(classroom):
    attempt = classroom.begin()
    with pytest.raises(Response.DoesNotExist):
        _answer(classroom, attempt, "x", 1, by=classroom.standing.ha)
    with pytest.raises(Response.DoesNotExist):
        _answer(classroom, attempt, "x", 1, position=99)
    with pytest.raises(Response.DoesNotExist):
        actions.answer_all(attempt=attempt, given=all_right(attempt), by=classroom.standing.ha, at=timezone.now())


@pytest.mark.parametrize(("answer", "sequence"), [(5, 1), ("x" * 501, 1), ("x", 0), ("x", 2**53)])
def test_what_does_not_fit_is_refused(classroom, answer, sequence):
    attempt = classroom.begin()
    with pytest.raises(ValidationError):
        _answer(classroom, attempt, answer, sequence)
    assert _stored(attempt) == (None, 0)


def test_many_answers_are_saved_together_newest_winning(classroom):
    attempt = classroom.begin()
    _answer(classroom, attempt, "mới hơn", 100)
    saved = actions.answer_all(attempt=attempt, given=all_right(attempt, 50), by=classroom.an, at=timezone.now())
    assert sorted(one.is_saved for one in saved) == [False] + [True] * 5
    assert _stored(attempt) == ("mới hơn", 100)
    assert attempt.responses.filter(answer__isnull=False).count() == 6


def test_one_bad_answer_among_many_leaves_all_as_they_were(classroom):
    attempt = classroom.begin()
    given = [*all_right(attempt)[:-1], Given(6, object(), 1)]
    with pytest.raises(ValidationError):
        actions.answer_all(attempt=attempt, given=given, by=classroom.an, at=timezone.now())
    assert not attempt.responses.filter(answer__isnull=False).exists()


def test_no_answers_are_no_work(classroom):
    assert actions.answer_all(attempt=classroom.begin(), given=[], by=classroom.an, at=timezone.now()) == []


def test_a_finished_attempt_takes_no_more_answers(classroom):
    attempt = classroom.begin()
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now())
    with pytest.raises(AttemptClosedError):
        _answer(classroom, attempt, "x", 1)
    with pytest.raises(AttemptClosedError):
        actions.answer_all(attempt=attempt, given=all_right(attempt), by=classroom.an, at=timezone.now())


def test_answers_arrive_within_the_grace_and_no_later(classroom):
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 6)], time_limit_minutes=10)
    attempt = classroom.begin(quiz=quiz)
    assert _answer(classroom, attempt, "kịp", 1, at=attempt.due_at + GRACE).is_saved
    with pytest.raises(AttemptClosedError):
        _answer(classroom, attempt, "muộn", 2, at=attempt.due_at + GRACE + datetime.timedelta(seconds=1))
    assert _stored(attempt) == ("kịp", 1)
