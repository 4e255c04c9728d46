"""What a person takes along of their quizzes: all they did, and no more of the marking than their page shows."""

import datetime
import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from assessments import actions
from assessments.export import attempts_part
from assessments.models import QuizPage
from tests.assessments.conftest import EVERY_KIND, FEEDBACK, OTHERS, add_quiz, all_right, save
from tests.assessments.views.test_attempts import result_of
from tests.queries import assert_constant_queries
from training_materials.outlines import outline

Feedback, When = QuizPage.Feedback, QuizPage.FeedbackWhen
KEY = "Bí mật của đáp án"


def _attempts(classroom):
    return attempts_part(classroom.an.person)["quiz_attempts"]


def _hand_in(classroom, quiz, *, right):
    attempt = classroom.begin(quiz=quiz)
    given = all_right(attempt) if right else []
    return actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=given)


def _said(value):
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def test_an_open_attempt_holds_questions_and_answers_and_no_marks(classroom):
    attempt = classroom.begin()
    given = next(one for one in all_right(attempt) if isinstance(one.answer, str))
    actions.answer_all(attempt=attempt, given=[given], by=classroom.an, at=timezone.now())
    (told,) = _attempts(classroom)
    assert (told["quiz"], told["finished_at"], len(told["questions"])) == ("Bài kiểm tra", None, 6)
    assert [one["answer"] for one in told["questions"] if one["kind"] == "short_text"] == [[KEY]]
    assert not any("points" in one or "right_answer" in one for one in told["questions"])


def test_a_finished_one_holds_what_its_page_shows(classroom):
    _hand_in(classroom, classroom.quiz, right=False)
    (told,) = _attempts(classroom)
    assert (told["points"], told["max_points"], told["is_passed"]) == (0, 6, False)
    short = next(one for one in told["questions"] if one["kind"] == "short_text")
    assert (short["right_answer"], short["explanation"], short["outcome"]) == ([KEY], FEEDBACK, "empty")
    choice = next(one for one in told["questions"] if one["kind"] == "single_choice")
    assert set(choice["offered"]) == {"Đúng nhất", "Sai"}


def _quizzes():
    soon = timezone.now() + datetime.timedelta(days=1)
    for feedback in Feedback.values:
        yield {"feedback": feedback, "feedback_when": When.AT_ONCE}
        yield {"feedback": feedback, "feedback_when": When.CLOSED, "closes_at": soon}
        yield {"feedback": feedback, "feedback_when": When.DONE, "attempts_allowed": 2}


def test_it_never_tells_more_than_the_page(client, classroom):
    client.force_login(classroom.an)
    for number, values in enumerate(_quizzes()):
        quiz = add_quiz(classroom.course, f"Bài {number}", [(classroom.topic, 6)], **values)
        outline.forget(classroom.course.pk)  # nothing is committed here
        page = client.get(result_of(_hand_in(classroom, quiz, right=False))).content.decode()
        told = next(one for one in _attempts(classroom) if one["quiz"] == quiz.title)
        said = _said(told)
        assert (KEY in said, FEEDBACK in said) == (KEY in page, FEEDBACK in page), values
        assert ('"outcome"' in said) == ("Câu hỏi short_text?" in page), values
        comes_later = values["feedback"] != Feedback.NONE and values["feedback_when"] != When.AT_ONCE
        assert bool(told["answers_are_shown_later"]) == comes_later, values
        assert len(told["questions"]) == 6


def test_what_waits_is_told_once_the_page_shows_it(classroom):
    values = {"feedback": "full", "feedback_when": When.DONE, "attempts_allowed": 2}
    quiz = add_quiz(classroom.course, "Khi xong", [(classroom.topic, 6)], **values)
    _hand_in(classroom, quiz, right=False)
    assert KEY not in _said(_attempts(classroom))
    _hand_in(classroom, quiz, right=False)
    assert _said(_attempts(classroom)).count(KEY) == 2


def test_a_quiz_that_was_taken_down_is_told_as_its_page_shows_it(client, classroom):
    client.force_login(classroom.an)
    values = {"feedback": "full", "feedback_when": When.DONE, "attempts_allowed": 2}
    quiz = add_quiz(classroom.course, "Gỡ xuống", [(classroom.topic, 6)], **values)
    attempt = _hand_in(classroom, quiz, right=False)
    quiz.unpublish()
    outline.forget(classroom.course.pk)
    assert KEY in client.get(result_of(attempt)).content.decode()
    assert KEY in _said(_attempts(classroom))


def test_every_kind_of_question_can_be_written_as_json(classroom):
    for kind in OTHERS:
        save(kind, classroom.topic, classroom.standing.binh)
    quiz = add_quiz(classroom.course, "Mọi loại", [(classroom.topic, len(EVERY_KIND))])
    _hand_in(classroom, quiz, right=False)
    assert {one["kind"] for one in json.loads(_said(_attempts(classroom)))[0]["questions"]} == set(EVERY_KIND)


def test_other_people_s_attempts_stay_theirs(classroom):
    _hand_in(classroom, classroom.quiz, right=True)
    assert attempts_part(classroom.standing.ha.person)["quiz_attempts"] == []


@pytest.mark.parametrize("right", [True, False])
def test_attempts_make_it_no_more_queries(classroom, right):
    _hand_in(classroom, classroom.quiz, right=right)

    def more():
        quiz = add_quiz(classroom.course, "Bài thêm", [(classroom.topic, 6)])
        for _number in range(3):
            _hand_in(classroom, classroom.quiz, right=right)
            _hand_in(classroom, quiz, right=right)

    assert_constant_queries(lambda: _attempts(classroom), more)
