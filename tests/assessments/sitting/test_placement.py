import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import QuizOpening
from learning.tracking.actions import complete_step
from tests.assessments.conftest import add_quiz, all_right
from tests.factories.pages import add_lesson


@pytest.fixture
def placement(classroom):
    quiz = add_quiz(classroom.course, "Xếp trình độ", [(classroom.topic, 6)], purpose="placement", is_required=False)
    QuizOpening.objects.create(quiz=quiz, step=add_lesson(classroom.course, "Bài nâng cao"), mark=80)
    return quiz


def _open(client, classroom):
    client.force_login(classroom.an)
    lesson = QuizOpening.objects.get().step
    address = reverse("tracking:step", args=[classroom.course.slug, lesson.slug])
    return client.get(address).status_code == 200


def _result(client, attempt):
    return client.get(reverse("assessments:result", args=[attempt.pk])).content.decode()


def test_a_good_placement_opens_the_lesson_at_once(client, classroom, placement):
    assert not _open(client, classroom)
    attempt = classroom.begin(quiz=placement)
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=all_right(attempt))
    assert _open(client, classroom)
    assert "Bài nâng cao</a>" in _result(client, attempt)


def test_a_weak_placement_leaves_the_way_through_the_course(client, classroom, placement):
    attempt = classroom.begin(quiz=placement)
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now())
    assert not _open(client, classroom)
    said = _result(client, attempt)
    assert "Bài nâng cao</a>" not in said
    assert "Chưa đạt" not in said  # there is nothing to pass
    complete_step(enrolment=classroom.enrolment, step=classroom.quiz, at=timezone.now())
    assert _open(client, classroom)


def test_a_closed_lesson_is_not_finished_by_its_button(client, classroom, placement):
    client.force_login(classroom.an)
    lesson = QuizOpening.objects.get().step
    address = reverse("tracking:finish", args=[classroom.course.slug, lesson.slug])
    assert client.post(address).status_code == 404
