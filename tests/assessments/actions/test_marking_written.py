"""A trainer's marks for a written answer: stored, decided, told."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from assessments import actions, notices
from assessments.models import QuizPage, Response, Signal, WrittenMark
from learning.evidence.models import Evidence
from learning.tracking.actions import complete_step, enrol
from membership.actions import merge_people
from membership.models import Role
from tests.assessments.conftest import add_quiz, all_right, save
from tests.factories.evaluation import member_without_account
from tests.factories.people import grant
from tests.laid import laid_once
from tests.notices.test_kinds import opens, told
from training_materials.models import Topic


@pytest.fixture
@laid_once
def essay(classroom):
    """An has handed in one written answer and one right short text."""
    topic = Topic.objects.create(name="Viết", slug="viet")
    save("written", topic, classroom.standing.binh)
    save("true_false", topic, classroom.standing.binh, slug="viet-dung-sai")
    quiz = add_quiz(classroom.course, "Bài viết", [(topic, 2)])
    attempt = classroom.begin(quiz=quiz)
    given = [
        actions.Given(one.position, "Bài của An" if one.version.kind == "written" else True, 1)
        for one in attempt.responses.for_page()
    ]
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=given)
    return Response.objects.select_related("attempt").get(version__kind="written")


def mark(essay, by, points=(3, 1), **values):
    settled = {"comment": "Tốt lắm", "seen": 0, "at": timezone.now(), **values}
    return actions.mark_written(response=essay, points=points, by=by, **settled)


def test_until_it_is_marked_the_attempt_has_no_result_and_then_it_is_told(essay, classroom):
    assert essay.attempt.points is None
    assert not Evidence.objects.filter(kind="quiz_passed").exists()
    mark(essay, classroom.standing.binh)
    essay.refresh_from_db()
    essay.attempt.refresh_from_db()
    assert (essay.points, essay.marks, essay.marked_by) == (1, [3, 1], classroom.standing.binh)
    assert (essay.attempt.points, essay.attempt.is_passed) == (2, True)
    assert Evidence.objects.filter(kind="quiz_passed").count() == 1


def test_marking_twice_the_same_is_marking_once(essay, classroom):
    assert mark(essay, classroom.standing.binh) == mark(essay, classroom.standing.binh)
    assert WrittenMark.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="assessments.mark_written").count() == 1


def test_marking_again_makes_a_new_result_that_says_why_and_leaves_the_old_one_readable(essay, classroom):
    mark(essay, classroom.standing.binh)
    mark(essay, classroom.standing.binh, (1, 0), seen=1)
    essay.attempt.refresh_from_db()
    earlier = essay.attempt.earlier_results.get()
    assert (essay.attempt.points, earlier.points, bool(earlier.reason)) == (Decimal("1.25"), 2, True)
    assert [one.points for one in essay.written_marks.order_by("number")] == [[3, 1], [1, 0]]


def test_what_waits_is_seen_by_who_teaches_the_learner_until_it_is_marked(essay, classroom):
    standing = classroom.standing
    assert list(Response.objects.waiting_for(standing.binh)) == [essay]
    assert not Response.objects.waiting_for(standing.an).exists()
    mark(essay, standing.binh)
    assert not Response.objects.waiting_for(standing.binh).exists()


def test_a_trainer_marks_nothing_of_their_own_and_gives_themselves_no_time(essay, classroom):
    """An, who handed it in, is a trainer of the association too."""
    standing = classroom.standing
    grant(standing.an, Role.TRAINER, standing.association)
    with pytest.raises(PermissionDenied):
        mark(essay, standing.an)
    with pytest.raises(PermissionDenied):
        actions.grant_time(person=standing.an.person, percent=50, by=standing.an, at=timezone.now())
    signal = Signal.objects.create(attempt=essay.attempt, kind="too_fast", details={}, noticed_at=timezone.now())
    with pytest.raises(PermissionDenied):
        actions.clear_signal(signal=signal, note="Tôi làm thật", by=standing.an, at=timezone.now())


@pytest.mark.parametrize("name", ["an", "chi", "ha"])
def test_who_does_not_teach_the_learner_marks_nothing(essay, classroom, name):
    with pytest.raises(PermissionDenied):
        mark(essay, getattr(classroom.standing, name))


@pytest.mark.parametrize("points", [(4, 0), (1,), (-1, 0)])
def test_points_that_do_not_fit_the_rubric_are_refused_and_nothing_is_kept(essay, classroom, points):
    with pytest.raises(ValidationError):
        mark(essay, classroom.standing.binh, points)
    assert not WrittenMark.objects.exists()


def test_what_another_trainer_gave_is_not_overwritten_unseen(essay, classroom):
    with pytest.raises(ValidationError):
        mark(essay, classroom.standing.binh, seen=3)


def test_only_written_answers_are_marked_and_only_after_handing_in(essay, classroom):
    other = essay.attempt.responses.get(version__kind="true_false")
    with pytest.raises(ValidationError):
        mark(other, classroom.standing.binh, [1])
    open_ = classroom.begin(quiz=essay.attempt.quiz).responses.get(version__kind="written")
    with pytest.raises(ValidationError):
        mark(open_, classroom.standing.binh)


def test_after_a_merge_the_answer_waits_for_who_teaches_the_record_that_stays_but_not_for_themselves(essay, classroom):
    standing, into = classroom.standing, member_without_account(classroom.standing.chapter)
    enrol(person=into, course=classroom.course, by=None, at=timezone.now())
    merge_people(duplicate=standing.an.person, into=into, by=standing.dung, at=timezone.now())
    assert list(Response.objects.waiting_for(standing.binh)) == [essay]
    standing.an.refresh_from_db()
    grant(standing.an, Role.TRAINER, standing.association)
    assert not Response.objects.waiting_for(standing.an).exists()


@pytest.mark.parametrize("has_finished_it", [False, True])
def test_after_a_merge_the_last_mark_finishes_the_course_for_the_record_that_stays(essay, classroom, has_finished_it):
    _pass_the_first(classroom)
    into = member_without_account(classroom.standing.chapter)
    kept = enrol(person=into, course=classroom.course, by=None, at=timezone.now())
    if has_finished_it:
        for quiz in QuizPage.objects.child_of(classroom.course):
            complete_step(enrolment=kept, step=quiz, at=timezone.now(), score=Decimal(1))
    merge_people(duplicate=classroom.an.person, into=into, by=classroom.standing.dung, at=timezone.now())
    mark(essay, classroom.standing.binh)
    finished = Evidence.objects.filter(kind="course_completed").standing().get()
    assert (finished.person, Evidence.objects.filter(kind="quiz_passed", person=into).standing().count()) == (into, 2)
    mark(essay, classroom.standing.binh, (3, 0), seen=1)
    again = Evidence.objects.filter(kind="course_completed").standing().get()
    assert again.score == (1 if has_finished_it else Decimal("0.9375"))
    assert again.person == into


def test_a_course_finished_before_a_merge_is_taken_back_and_finished_again_after_it(essay, classroom):
    _pass_the_first(classroom)
    mark(essay, classroom.standing.binh)
    into = member_without_account(classroom.standing.chapter)
    enrol(person=into, course=classroom.course, by=None, at=timezone.now())
    merge_people(duplicate=classroom.an.person, into=into, by=classroom.standing.dung, at=timezone.now())
    mark(essay, classroom.standing.binh, (0, 0), seen=1)
    assert not Evidence.objects.filter(kind="course_completed").standing().exists()
    mark(essay, classroom.standing.binh, (3, 1), seen=2)
    assert Evidence.objects.filter(kind="course_completed").standing().get().person == into


def _pass_the_first(classroom):
    attempt = classroom.begin()
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=all_right(attempt))


def test_marks_go_with_an_erased_person(essay, classroom):
    mark(essay, classroom.standing.binh)
    actions.erase_attempts(person_ids=[classroom.an.person_id])
    assert not WrittenMark.objects.exists()


def test_the_learner_is_told_once_that_all_is_marked_and_each_time_that_it_changed(classroom, essay, client):
    mark(essay, classroom.standing.binh)
    mark(essay, classroom.standing.binh)
    mark(essay, classroom.standing.binh, points=(0, 0), seen=1)
    for kind in (notices.MARKED, notices.MARKED_ANEW):
        (notice,) = told(kind)
        assert (notice.person, opens(client, classroom.an, notice)) == (classroom.an.person, True)
