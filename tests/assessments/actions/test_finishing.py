import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from assessments import actions
from assessments.actions import Given
from assessments.models import Attempt, QuizPage
from assessments.rules.quiz import GRACE
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Source, Verification
from learning.tracking.models import StepProgress
from tests.assessments.conftest import add_quiz, all_right
from tests.factories.pages import add_course


def _finish(classroom, attempt, **values):
    return actions.finish(attempt=attempt, **{"by": classroom.an, "at": timezone.now(), **values})


def test_a_passed_attempt_is_marked_becomes_evidence_and_completes_the_step(classroom):
    attempt, at = classroom.begin(), timezone.now()
    finished = _finish(classroom, attempt, given=all_right(attempt), at=at)
    assert (finished.points, finished.is_passed, finished.finished_at) == (Decimal(6), True, at)
    evidence = Evidence.objects.get(kind=Kind.QUIZ_PASSED)
    assert (evidence.person, evidence.score, evidence.occurred_at) == (classroom.an.person, 1, at)
    assert (evidence.page_key, evidence.page_revision) == (classroom.quiz.translation_key, attempt.quiz_revision)
    assert (evidence.source, evidence.verification) == (Source.SYSTEM, Verification.SERVER_MARKED)
    assert evidence.topics == ["ky-nang-so"]
    progress = StepProgress.objects.get(step_key=classroom.quiz.translation_key)
    assert (progress.completed_at, progress.score) == (at, 1)


def test_handing_in_twice_gives_one_result(classroom):
    attempt = classroom.begin()
    first = _finish(classroom, attempt, given=all_right(attempt))
    wrong = [Given(one.position, None, 99) for one in all_right(attempt)]
    again = _finish(classroom, attempt, given=wrong, at=timezone.now() + datetime.timedelta(minutes=1))
    assert (again.points, again.finished_at) == (first.points, first.finished_at)
    assert Evidence.objects.filter(kind=Kind.QUIZ_PASSED).count() == 1


def test_an_attempt_below_the_mark_proves_and_completes_nothing(classroom):
    attempt = classroom.begin()
    finished = _finish(classroom, attempt, given=all_right(attempt)[:4])
    assert finished.is_passed is False
    assert not Evidence.objects.exists()
    assert not StepProgress.objects.exists()


@pytest.mark.parametrize(("pass_mark", "is_passed"), [(50, True), (51, False)])
def test_the_mark_itself_passes(classroom, pass_mark, is_passed):
    quiz = add_quiz(classroom.course, "Ngưỡng", [(classroom.topic, 6)], pass_mark=pass_mark)
    attempt = classroom.begin(quiz=quiz)
    assert _finish(classroom, attempt, given=all_right(attempt)[:3]).is_passed is is_passed


def test_saved_answers_count_without_being_sent_again(classroom):
    attempt = classroom.begin()
    actions.answer_all(attempt=attempt, given=all_right(attempt), by=classroom.an, at=timezone.now())
    assert _finish(classroom, attempt).is_passed


def test_nobody_hands_in_anothers_attempt(classroom):
    attempt = classroom.begin()
    with pytest.raises(PermissionDenied):
        _finish(classroom, attempt, by=classroom.standing.ha)


def test_an_answer_that_does_not_fit_leaves_the_attempt_open(classroom):
    attempt = classroom.begin()
    with pytest.raises(ValidationError):
        _finish(classroom, attempt, given=[Given(1, object(), 1)])
    attempt.refresh_from_db()
    assert attempt.finished_at is None


def test_an_overdue_attempt_ends_at_its_end_and_takes_no_last_answers(classroom):
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 6)], time_limit_minutes=10)
    attempt = classroom.begin(quiz=quiz)
    late = attempt.due_at + GRACE + datetime.timedelta(seconds=1)
    finished = _finish(classroom, attempt, given=all_right(attempt), at=late)
    assert (finished.finished_at, finished.points) == (attempt.due_at, 0)


def test_the_site_closes_overdue_attempts_and_no_others(classroom):
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 6)], time_limit_minutes=10)
    attempt = classroom.begin(quiz=quiz)
    actions.answer_all(attempt=attempt, given=all_right(attempt), by=classroom.an, at=attempt.started_at)
    assert _finish(classroom, attempt, by=None, at=attempt.due_at).finished_at is None
    late = attempt.due_at + datetime.timedelta(hours=1)
    assert _finish(classroom, attempt, by=None, at=late).is_passed
    assert Evidence.objects.get(kind=Kind.QUIZ_PASSED).occurred_at == attempt.due_at


def test_deleting_the_quiz_leaves_its_attempts_to_be_handed_in(classroom):
    attempt = classroom.begin()
    QuizPage.objects.get(pk=classroom.quiz.pk).delete()
    attempt = Attempt.objects.get(pk=attempt.pk)
    finished = _finish(classroom, attempt, given=all_right(attempt))
    assert (finished.quiz, finished.quiz_title, finished.is_passed) == (None, "Bài kiểm tra", True)
    assert Evidence.objects.get(kind=Kind.QUIZ_PASSED).title == "Bài kiểm tra"


def test_a_quiz_moved_to_another_course_still_becomes_evidence(classroom):
    attempt = classroom.begin()
    other = add_course(classroom.course.get_parent(), "Khóa khác")
    classroom.quiz.move(other, pos="last-child")
    assert _finish(classroom, attempt, given=all_right(attempt)).is_passed
    assert Evidence.objects.filter(kind=Kind.QUIZ_PASSED).exists()
    assert not StepProgress.objects.exists()


def test_a_quiz_unpublished_meanwhile_still_completes_its_step(classroom):
    attempt = classroom.begin()
    classroom.quiz.unpublish()
    assert _finish(classroom, attempt, given=all_right(attempt)).is_passed
    assert StepProgress.objects.get().step_key == classroom.quiz.translation_key


def test_practice_counts_for_nothing(classroom):
    quiz = add_quiz(classroom.course, "Luyện tập", [(classroom.topic, 6)], purpose="practice", is_required=False)
    attempt = classroom.begin(quiz=quiz)
    assert _finish(classroom, attempt, given=all_right(attempt)).is_passed
    assert not Evidence.objects.exists()
    assert not StepProgress.objects.exists()


def test_a_placement_is_done_whatever_its_result_and_proves_nothing(classroom):
    quiz = add_quiz(classroom.course, "Xếp lớp", [(classroom.topic, 6)], purpose="placement")
    attempt = classroom.begin(quiz=quiz)
    _finish(classroom, attempt, given=all_right(attempt)[:1])
    assert StepProgress.objects.get(step_key=quiz.translation_key).completed_at
    assert not Evidence.objects.exists()
