"""When the details of a result may be seen; the score always may."""

import datetime

import pytest
from django.utils import timezone

from assessments import actions
from assessments.models import QuizPage
from tests.assessments.conftest import FEEDBACK, add_quiz, all_right
from tests.assessments.views.test_attempts import result_of

When = QuizPage.FeedbackWhen


@pytest.fixture
def an(client, classroom):
    client.force_login(classroom.an)
    return client


def _handed_in(classroom, quiz, *, right):
    attempt = classroom.begin(quiz=quiz)
    given = all_right(attempt)[: None if right else 1]
    return actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=given)


def _shows_answers(an, attempt):
    html = an.get(result_of(attempt)).content.decode()
    assert str(attempt.points.normalize()) in html
    return FEEDBACK in html


def test_at_once_they_are_seen_after_handing_in(an, classroom):
    quiz = add_quiz(classroom.course, "Ngay", [(classroom.topic, 6)], feedback="full", feedback_when=When.AT_ONCE)
    assert _shows_answers(an, _handed_in(classroom, quiz, right=False))


def test_those_of_a_quiz_that_closes_are_seen_when_it_has_closed(an, classroom):
    closes_at = timezone.now() + datetime.timedelta(days=1)
    values = {"feedback": "full", "feedback_when": When.CLOSED, "closes_at": closes_at}
    quiz = add_quiz(classroom.course, "Khi đóng", [(classroom.topic, 6)], **values)
    attempt = _handed_in(classroom, quiz, right=True)
    assert not _shows_answers(an, attempt)
    QuizPage.objects.filter(pk=quiz.pk).update(closes_at=timezone.now() - datetime.timedelta(seconds=1))
    assert _shows_answers(an, attempt)


def test_while_one_may_try_again_they_may_wait_until_one_has_passed_or_none_is_left(an, classroom):
    values = {"feedback": "full", "feedback_when": When.DONE, "attempts_allowed": 2}
    quiz = add_quiz(classroom.course, "Khi xong", [(classroom.topic, 6)], **values)
    first = _handed_in(classroom, quiz, right=False)
    assert not _shows_answers(an, first)
    _handed_in(classroom, quiz, right=False)
    assert _shows_answers(an, first)
