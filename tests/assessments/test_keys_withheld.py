"""Nobody reads a key while answers that it would help may still arrive (decision 0050)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from assessments import actions
from assessments.actions import Given
from assessments.export import attempts_part
from assessments.refusals import AttemptClosedError
from learning.evidence.models import Evidence
from tests.assessments.conftest import FEEDBACK, add_quiz, all_right, right_answer

HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)
KEY = "Bí mật của đáp án"


@pytest.fixture
def timed(classroom):
    return add_quiz(classroom.course, "Có giờ", [(classroom.topic, 6)], time_limit_minutes=10)


@pytest.fixture
def an(client, classroom):
    client.force_login(classroom.an)
    return client


def _lapsed(classroom, quiz, ago=HOUR):
    """An attempt that the site closed: nobody handed it in."""
    lapsed = classroom.begin(quiz=quiz, at=timezone.now() - ago)
    return actions.finish(attempt=lapsed, by=None, at=lapsed.due_at + MINUTE)


def _handed_in_empty(classroom, quiz):
    return actions.finish(attempt=classroom.begin(quiz=quiz), by=classroom.an, at=timezone.now())


def _result(an, attempt):
    return an.get(reverse("assessments:result", args=[attempt.pk])).content.decode()


def test_a_forged_moment_gains_nothing_as_the_key_waits_for_what_may_still_arrive(an, classroom, timed):
    """Let an attempt lapse, hand in the next one empty, and look for the key before sending “late” answers."""
    lapsed = _lapsed(classroom, timed)
    page = _result(an, _handed_in_empty(classroom, timed))
    assert KEY not in page
    assert FEEDBACK not in page
    assert (lapsed.due_at + datetime.timedelta(days=1)).astimezone().strftime("%d/%m/%Y") in page


def test_who_says_that_nothing_more_comes_sees_the_key_and_sends_nothing_more(an, classroom, timed):
    lapsed, empty = _lapsed(classroom, timed), _handed_in_empty(classroom, timed)
    answer = an.post(reverse("assessments:settle", args=[lapsed.pk]), {"back": str(empty.pk)}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("assessments:result", args=[empty.pk])
    assert KEY in answer.content.decode()
    forged = [Given(one.position, one.answer, 9, lapsed.due_at) for one in all_right(lapsed)]
    with pytest.raises(AttemptClosedError):
        actions.take_late(attempt=lapsed.pk, given=forged, by=classroom.an, at=timezone.now())
    assert not Evidence.objects.exists()


def test_a_day_later_the_key_is_shown(an, classroom, timed):
    _lapsed(classroom, timed, ago=datetime.timedelta(hours=25))
    assert KEY in _result(an, _handed_in_empty(classroom, timed))


def test_an_earlier_key_is_put_away_while_the_next_attempt_is_open(an, classroom):
    first = _handed_in_empty(classroom, classroom.quiz)
    assert KEY in _result(an, first)
    following = classroom.begin()
    page = _result(an, first)
    assert KEY not in page
    assert reverse("assessments:attempt", args=[following.pk]) in page


def test_practice_keeps_back_what_an_open_examination_asks_and_no_longer(an, classroom):
    practice = add_quiz(classroom.course, "Luyện tập", [(classroom.topic, 6)], purpose="practice")
    practised, examination = _handed_in_empty(classroom, practice), classroom.begin()
    assert KEY not in _result(an, practised)
    actions.finish(attempt=examination, by=classroom.an, at=timezone.now())
    assert KEY in _result(an, practised)


def test_open_practice_keeps_no_key_of_an_examination_back(an, classroom):
    practice = add_quiz(classroom.course, "Luyện tập", [(classroom.topic, 6)], purpose="practice")
    done = _handed_in_empty(classroom, classroom.quiz)
    classroom.begin(quiz=practice)
    assert KEY in _result(an, done)


def test_the_file_of_ones_data_keeps_the_key_back_too(classroom, timed):
    _lapsed(classroom, timed)
    _handed_in_empty(classroom, timed)
    attempts = attempts_part(classroom.an.person)["quiz_attempts"]
    assert KEY not in str(attempts)
    assert all(one["answers_are_shown_later"] for one in attempts)


def test_late_answers_cannot_be_tried_out_one_after_the_other(classroom, timed):
    lapsed = _lapsed(classroom, timed)
    choice = next(one for one in lapsed.responses.for_page() if one.version.kind == "single_choice")
    wrong = 1 - right_answer(choice)
    late = {"attempt": lapsed.pk, "by": classroom.an}
    first = Given(choice.position, wrong, 5, lapsed.due_at)
    assert actions.take_late(given=[first], at=timezone.now(), **late)[0].is_saved
    changed = Given(choice.position, right_answer(choice), 6, lapsed.due_at)
    with pytest.raises(AttemptClosedError):
        actions.take_late(given=[changed], at=timezone.now(), **late)
    others = [Given(one.position, one.answer, 5, lapsed.due_at) for one in all_right(lapsed)]
    again = actions.take_late(given=others, at=timezone.now() + 2 * MINUTE, **late)
    lapsed.refresh_from_db()
    assert lapsed.points == 0
    assert [(one.position, one.answer) for one in again] == [(choice.position, wrong)]


def test_a_quiz_that_shows_the_score_only_promises_no_answers(an, classroom):
    quiz = add_quiz(classroom.course, "Chỉ điểm", [(classroom.topic, 6)], feedback="none")
    first = _handed_in_empty(classroom, quiz)
    classroom.begin(quiz=quiz)
    assert gettext("The trainer has chosen to show the score only.") in _result(an, first)
