import datetime
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assessments import actions
from assessments.models import Attempt, ExtraTime, Question
from assessments.refusals import StartRefusedError
from tests.assessments.conftest import add_quiz, save
from tests.factories.pages import add_course
from training_materials.models import Topic


def test_starting_draws_the_questions_and_freezes_the_rules(classroom):
    at = timezone.now()
    attempt = classroom.begin(at=at)
    kinds = {response.version.kind for response in attempt.responses.for_page()}
    assert len(kinds) == 6
    assert (attempt.number, attempt.pass_mark, attempt.max_points, attempt.started_at) == (1, 80, 6, at)
    assert (attempt.quiz_title, attempt.quiz_key) == ("Bài kiểm tra", classroom.quiz.translation_key)
    assert attempt.quiz_revision == classroom.quiz.live_revision_id
    assert attempt.due_at is None


def test_starting_again_goes_on_with_the_open_attempt(classroom):
    assert classroom.begin() == classroom.begin()
    assert Attempt.objects.count() == 1


def test_the_same_seed_draws_the_same_questions_in_the_same_order(classroom):
    for number in range(10):
        save("true_false", classroom.topic, classroom.standing.binh, slug=f"cau-{number}", prompt=f"Câu {number}")

    def drawn(seed):
        attempt = classroom.begin() if seed is None else _start(classroom, seed)
        asked = [(response.version_id, response.order) for response in attempt.responses.for_page()]
        actions.finish(attempt=attempt, by=classroom.an, at=timezone.now())
        return asked

    assert drawn(7) == drawn(7) != drawn(8)


def _start(classroom, seed):
    return actions.start(
        enrolment=classroom.enrolment, quiz=classroom.quiz, by=classroom.an, at=timezone.now(), rng=Random(seed)
    )


def test_two_draws_of_one_topic_never_ask_a_question_twice(classroom):
    quiz = add_quiz(classroom.course, "Hai phần", [(classroom.topic, 3), (classroom.topic, 3)])
    attempt = classroom.begin(quiz=quiz)
    assert len({response.version_id for response in attempt.responses.all()}) == 6


def test_a_time_limit_sets_the_end(classroom):
    at = timezone.now()
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 2)], time_limit_minutes=15)
    assert classroom.begin(quiz=quiz, at=at).due_at == at + datetime.timedelta(minutes=15)


def test_nobody_starts_on_anothers_enrolment(classroom):
    with pytest.raises(PermissionDenied):
        classroom.begin(by=classroom.standing.ha)


def test_attempts_are_counted(classroom):
    quiz = add_quiz(classroom.course, "Hai lần", [(classroom.topic, 2)], attempts_allowed=2)
    for _ in range(2):
        actions.finish(attempt=classroom.begin(quiz=quiz), by=classroom.an, at=timezone.now())
    with pytest.raises(StartRefusedError):
        classroom.begin(quiz=quiz)


def test_an_overdue_open_attempt_is_closed_before_the_next_begins(classroom):
    at = timezone.now()
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 2)], time_limit_minutes=15)
    first = classroom.begin(quiz=quiz, at=at)
    second = classroom.begin(quiz=quiz, at=at + datetime.timedelta(hours=1))
    first.refresh_from_db()
    assert first.finished_at == first.due_at
    assert second.number == 2


def test_a_quiz_that_the_bank_cannot_fill_is_refused_and_leaves_nothing(classroom):
    Question.objects.filter(slug="ordering").update(retired_at=timezone.now())
    with pytest.raises(StartRefusedError):
        classroom.begin()
    assert not Attempt.objects.exists()


def test_an_unpublished_quiz_or_one_of_another_course_is_refused(classroom):
    other = add_course(classroom.course.get_parent(), "Khóa khác")
    foreign = add_quiz(other, "Bài khác", [(classroom.topic, 2)])
    with pytest.raises(StartRefusedError):
        classroom.begin(quiz=foreign)
    classroom.quiz.unpublish()
    classroom.quiz.refresh_from_db()
    with pytest.raises(StartRefusedError):
        classroom.begin()


def test_a_quiz_without_draws_is_refused(classroom):
    Topic.objects.create(name="Trống", slug="trong")
    with pytest.raises(StartRefusedError):
        classroom.begin(quiz=add_quiz(classroom.course, "Trống", []))


def test_a_quiz_opens_closes_and_lets_one_wait(classroom):
    at = timezone.now()
    hour = datetime.timedelta(hours=1)
    later = add_quiz(classroom.course, "Mai mới mở", [(classroom.topic, 2)], opens_at=at + hour)
    over = add_quiz(classroom.course, "Đã đóng", [(classroom.topic, 2)], closes_at=at - hour)
    for quiz in (later, over):
        with pytest.raises(StartRefusedError):
            classroom.begin(quiz=quiz, at=at)
    assert classroom.begin(quiz=later, at=at + 2 * hour).number == 1
    waiting = add_quiz(classroom.course, "Chờ một giờ", [(classroom.topic, 2)], wait_minutes=60)
    actions.finish(attempt=classroom.begin(quiz=waiting, at=at), by=classroom.an, at=at)
    with pytest.raises(StartRefusedError):
        classroom.begin(quiz=waiting, at=at + hour / 2)
    assert classroom.begin(quiz=waiting, at=at + hour).number == 2


def test_extra_time_is_for_the_person(classroom):
    at = timezone.now()
    ExtraTime.objects.create(person=classroom.an.person, percent=50, granted_at=at, granted_by=classroom.standing.binh)
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 2)], time_limit_minutes=20)
    assert classroom.begin(quiz=quiz, at=at).due_at == at + datetime.timedelta(minutes=30)


def test_a_draw_keeps_to_its_difficulty(classroom):
    save("true_false", classroom.topic, classroom.standing.binh, slug="kho", prompt="Khó?", difficulty="hard")
    quiz = add_quiz(classroom.course, "Khó", [(None, 1)])
    quiz.draws.update(difficulty="hard")
    assert classroom.begin(quiz=quiz).responses.get().version.question.slug == "kho"


def test_options_keep_their_order_where_the_quiz_says_so(classroom):
    quiz = add_quiz(classroom.course, "Giữ thứ tự", [(classroom.topic, 6)], shuffles_options=False)
    orders = {one.version.kind: one.order for one in classroom.begin(quiz=quiz).responses.for_page()}
    assert (orders["single_choice"], orders["multiple_choice"]) == ([0, 1], [0, 1, 2])


def test_the_stored_seed_draws_the_same_again(classroom):
    attempt = classroom.begin()
    Attempt.objects.filter(pk=attempt.pk).update(number=9, finished_at=timezone.now())

    class Fixed(Random):
        def getrandbits(self, _bits):
            return attempt.seed

    again = actions.start(
        enrolment=classroom.enrolment, quiz=classroom.quiz, by=classroom.an, at=timezone.now(), rng=Fixed()
    )
    asked = [[(one.version_id, one.order) for one in each.responses.for_page()] for each in (attempt, again)]
    assert asked[0] == asked[1]
