"""What a result's page says that it brought, what to look at again, and where to go on."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from assessments import actions
from assessments.models import Question, QuizPage, QuizPick
from learning.evidence.registries import worth as registry
from learning.evidence.registries.worth import Credit
from tests.assessments.conftest import add_quiz, all_right, save
from tests.factories.evaluation import sample_criteria
from tests.factories.pages import add_course, add_lesson
from tests.queries import count_queries

FINISHED = "You have passed, and finished the course"


@pytest.fixture
def an(client, classroom):
    client.force_login(classroom.an)
    return client


def _hand_in(classroom, given=None, quiz=None):
    attempt = classroom.begin(quiz=quiz or classroom.quiz)
    given = all_right(attempt) if given is None else given
    return actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=given)


def _page(an, attempt):
    return an.get(reverse("assessments:result", args=[attempt.pk])).content.decode()


def _step(classroom, page):
    return reverse("tracking:step", args=[classroom.course.slug, page.slug])


def test_the_quiz_that_finishes_the_course_says_so_and_what_it_counts_for(an, classroom):
    sample_criteria()
    page = _page(an, _hand_in(classroom))
    assert gettext(FINISHED) in page
    assert gettext("What it counts for") in page
    assert "Chỉ số 1 · " in page
    assert reverse("tracking:course", args=[classroom.course.slug]) in page


def test_a_quiz_that_leaves_the_course_open_finished_nothing(an, classroom):
    add_lesson(classroom.course, "Bài hai")
    page = _page(an, _hand_in(classroom))
    assert gettext(FINISHED) not in page
    assert 'id="verdict"' in page


def test_a_quiz_passed_again_later_finished_nothing(an, classroom):
    first, again = _hand_in(classroom), _hand_in(classroom)
    assert again.is_passed
    assert gettext(FINISHED) not in _page(an, again)
    assert gettext(FINISHED) in _page(an, first)


def test_a_place_that_is_not_full_is_not_called_so(an, classroom, monkeypatch):
    attempt = _hand_in(classroom)
    given = {str(attempt.quiz_key): Decimal(0)}

    def credits_with(points):
        return [lambda *_asked: [Credit(1, "Chỉ số", "Chỉ số 1", Decimal(points), Decimal(10), {}, given)]]

    limit = gettext("Adds nothing more: this kind of evidence is counted to its limit.")
    monkeypatch.setattr(registry, "sources", credits_with(4))
    assert limit in _page(an, attempt)
    monkeypatch.setattr(registry, "sources", credits_with(10))
    assert limit not in _page(an, attempt)


def test_what_is_needed_comes_next_and_what_is_optional_beside_it(an, classroom):
    extra = add_quiz(classroom.course, "Luyện tập", [(classroom.topic, 2)], purpose="practice", is_required=False)
    needed = add_lesson(classroom.course, "Bài cuối")
    page = _page(an, _hand_in(classroom))
    onward = page[page.index('id="onward"') :]
    assert onward.index(f'href="{_step(classroom, needed)}"') < onward.index(f'href="{_step(classroom, extra)}"')
    assert 'class="button"\n         href="' + _step(classroom, needed) in onward


def test_practice_leads_on_to_what_is_needed(an, classroom):
    practice = add_quiz(classroom.course, "Luyện tập", [(classroom.topic, 2)], purpose="practice", is_required=False)
    page = _page(an, _hand_in(classroom, quiz=practice))
    onward = page[page.index('id="onward"') :]
    assert onward.index(_step(classroom, classroom.quiz)) < onward.index(gettext("Take the quiz again"))


def _onward(page):
    return page[page.index('id="onward"') :]


def test_a_quiz_that_cannot_be_taken_again_leads_on_and_not_back_to_itself(an, classroom):
    QuizPage.objects.update(attempts_allowed=1)
    needed = add_lesson(classroom.course, "Bài cuối")
    onward = _onward(_page(an, _hand_in(classroom, [])))
    assert f'href="{_step(classroom, classroom.quiz)}"' not in onward
    assert f'href="{_step(classroom, needed)}"' in onward


@pytest.fixture
def lesson(classroom):
    body = [("heading", "Đặt mật khẩu"), ("text", "<p>Dài.</p>")]
    lesson = add_lesson(classroom.course, "Mật khẩu", is_required=False, body=body)
    question = Question.objects.get(slug="true-false")
    actions.point_to_lesson(
        question=question, lesson=lesson, heading="Đặt mật khẩu", by=classroom.standing.binh, at=timezone.now()
    )
    return lesson


def test_a_missed_question_leads_to_its_part_of_the_lesson(an, classroom, lesson):
    page = _page(an, _hand_in(classroom, []))
    assert f'{_step(classroom, lesson)}#dat-mat-khau">Đặt mật khẩu</a>' in page
    assert 'id="dat-mat-khau"' in an.get(_step(classroom, lesson)).content.decode()


def test_the_questions_of_a_part_stand_in_the_order_of_the_quiz(an, classroom, lesson):
    first, second = Question.objects.order_by("pk")[:2]
    Question.objects.filter(pk__in=[first.pk, second.pk]).update(lesson=lesson, heading="Đặt mật khẩu")
    picks = [QuizPick(question=second, sort_order=0), QuizPick(question=first, sort_order=1)]
    attempt = _hand_in(classroom, [], add_quiz(classroom.course, "Chọn sẵn", [], picks=picks))
    (part,) = an.get(reverse("assessments:result", args=[attempt.pk])).context["parts"]
    assert part.positions == [1, 2]


def test_what_was_right_is_not_to_be_looked_at_again(an, classroom, lesson):
    assert "#dat-mat-khau" not in _page(an, _hand_in(classroom))


def test_nothing_tells_which_question_was_wrong_while_answers_are_withheld(an, classroom, lesson):
    quiet = add_quiz(classroom.course, "Chỉ điểm", [(classroom.topic, 6)], feedback="none")
    page = _page(an, _hand_in(classroom, [], quiet))
    assert "#dat-mat-khau" not in page
    first = _hand_in(classroom, [])
    classroom.begin()
    assert "#dat-mat-khau" not in _page(an, first)


def test_where_no_part_is_named_the_lessons_before_the_quiz_are(an, classroom):
    first = classroom.course.get_children().first()
    page = _page(an, _hand_in(classroom, []))
    again = page[page.index('id="again"') : page.index('id="onward"')]
    assert f'href="{_step(classroom, first)}"' in again


def test_while_trainers_mark_no_lesson_is_to_be_looked_at_again(an, classroom):
    save("written", classroom.topic, classroom.standing.binh)
    mixed = add_quiz(classroom.course, "Tự luận", [(classroom.topic, 7)], pass_mark=60)
    attempt = classroom.begin(quiz=mixed)
    essay = attempt.responses.get(version__kind="written")
    given = [actions.Given(essay.position, "Bài của An", 1)]
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=given)
    attempt.refresh_from_db()
    assert attempt.is_passed is None
    assert 'id="again"' not in _page(an, attempt)


def test_a_lesson_that_is_hidden_is_not_named(an, classroom, lesson):
    lesson.unpublish()
    assert "#dat-mat-khau" not in _page(an, _hand_in(classroom, []))


def test_a_lesson_of_another_course_is_not_named(an, classroom):
    other = add_lesson(add_course(classroom.course.get_parent(), "Khóa khác"), "Mật khẩu")
    actions.point_to_lesson(
        question=Question.objects.get(slug="true-false"),
        lesson=other,
        heading="Đặt mật khẩu",
        by=classroom.standing.binh,
        at=timezone.now(),
    )
    page = _page(an, _hand_in(classroom, []))
    assert 'id="again"' in page
    assert "#dat-mat-khau" not in page


def test_the_result_of_a_passed_quiz_stays_within_its_queries(an, classroom, lesson):
    sample_criteria()
    attempt = _hand_in(classroom)
    _page(an, attempt)
    assert count_queries(lambda: _page(an, attempt)) <= 20
