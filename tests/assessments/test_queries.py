"""What handing in costs in queries, counted with what follows its commit, when everything comes together."""

import pytest
from django.utils import timezone

from assessments import actions
from assessments.bank import versions
from assessments.models import Attempt, Question
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence
from learning.tracking.actions import complete_step
from tests.assessments.conftest import add_quiz, all_right, save
from tests.assessments.views.test_attempts import form_of, page_of
from tests.factories.pages import add_lesson
from tests.queries import count_queries
from training_materials.outlines import outline

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 17


@pytest.fixture
def an(client, classroom, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    client.force_login(classroom.an)
    return client


def _grow_bank(classroom, count):
    for number in range(count):
        slug = f"cau-{Question.objects.count()}"
        save("true_false", classroom.topic, classroom.standing.binh, slug=slug, prompt=f"Câu {number}")


def _hand_in(an, classroom, quiz, forget=versions._kept.clear):
    """The last step of the course, in a process that has met none of the questions, first in its minute."""
    attempt = classroom.begin(quiz=quiz)
    an.get(page_of(attempt))
    sent = form_of(attempt, finish="ask")
    forget()
    return count_queries(lambda: an.post(page_of(attempt), sent))


def test_handing_in_twenty_questions_that_finish_a_course_takes_at_most_17_queries(an, classroom):
    _grow_bank(classroom, 14)
    classroom.quiz.unpublish()
    quiz = add_quiz(classroom.course, "Hai mươi", [(classroom.topic, 20)])
    assert _hand_in(an, classroom, quiz) <= MOST
    assert Attempt.objects.get().responses.filter(points=1, is_closed=True).count() == 20
    assert set(Evidence.objects.values_list("kind", flat=True)) == {Kind.QUIZ_PASSED, Kind.COURSE_COMPLETED}


def test_attempts_questions_and_lessons_make_it_no_more(an, classroom):
    quiz = classroom.quiz
    for _number in range(5):
        actions.finish(attempt=classroom.begin(), by=classroom.an, at=timezone.now())
        wrong = classroom.begin()
        actions.finish(attempt=wrong, by=classroom.an, at=timezone.now(), given=all_right(wrong)[:2])
    _grow_bank(classroom, 30)
    for number in range(12):
        lesson = add_lesson(classroom.course, f"Bài {number}")
        complete_step(enrolment=classroom.enrolment, step=lesson, at=timezone.now())
    assert _hand_in(an, classroom, quiz) <= MOST
    assert Evidence.objects.filter(kind=Kind.COURSE_COMPLETED).count() == 1


def test_an_outline_that_the_cache_has_lost_makes_it_no_more_in_a_process_that_runs(an, classroom):
    last = add_quiz(classroom.course, "Cuối khóa", [(classroom.topic, 6)])
    _hand_in(an, classroom, classroom.quiz)
    assert _hand_in(an, classroom, last, lambda: outline.forget(classroom.course.pk)) <= MOST
    assert Evidence.objects.filter(kind=Kind.COURSE_COMPLETED).count() == 1
