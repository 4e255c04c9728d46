"""Keys are read by whom they concern: every role at every address of the back office around quizzes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.actions import Given
from assessments.models import Question, QuizPage, QuizPick, Signal
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from tests.assessments.conftest import FEEDBACK, add_quiz, quiz_form, save
from tests.factories.people import Standing
from tests.laid import laid_once
from training_materials.actions import set_up_publishing
from training_materials.models import CourseIndexPage, LibraryPage

KEY = "Bí mật của đáp án"
WRITTEN = "Ba ý bí mật"
TRAINERS, OFFICERS = ["binh"], ["dung", "giang"]
OTHERS = ["an", "chi", "lan", "minh", "ha"]
FOREIGN = "ha"  # an officer of others: what is counted for her is of nobody here


@pytest.fixture
@laid_once
def attempt(classroom):
    save("written", classroom.topic, classroom.standing.binh)
    set_up_publishing(library=LibraryPage.objects.get(), course_index=CourseIndexPage.objects.get(), at=timezone.now())
    quiz = add_quiz(classroom.course, "Đủ loại", [(classroom.topic, 7)])
    begun = classroom.begin(quiz=quiz)
    given = [_answer(one) for one in begun.responses.for_page()]
    done = actions.finish(attempt=begun, by=classroom.an, at=timezone.now(), given=[one for one in given if one])
    for kind in ("short-text", "written"):
        question = Question.objects.get(slug=kind)
        save(question.current.kind, classroom.topic, classroom.standing.binh, prompt="Câu hỏi viết lại?")
    Signal.objects.create(attempt=done, kind=Signal.Kind.TOO_FAST, noticed_at=timezone.now())
    return done


def _answer(response):
    texts = {"short_text": KEY, "written": "Bài viết của tôi"}
    kind = response.version.kind
    return Given(response.position, texts[kind], 1) if kind in texts else None


def _results(classroom, attempt):
    """What officers need: who took what, and how it went."""
    yield "quiz_results:quizzes", []
    yield "quiz_results:quiz", [attempt.quiz_id]
    yield "quiz_results:attempts", [attempt.quiz_id]
    yield "quiz_results:attempt", [attempt.pk]
    yield "quiz_results:signals", []
    yield "quiz_results:stuck", [classroom.course.pk]
    yield "quiz_results:extra_time", []


def _keys(classroom, attempt):
    for version in attempt.responses.values_list("version", flat=True):
        yield "quiz_results:correct_key", [attempt.quiz_id, version]
    yield "quiz_results:attempt_seen", [attempt.pk]
    written = attempt.responses.get(version__kind="written")
    yield "written_marking:waiting", []
    yield "written_marking:mark", [written.pk]
    question = Question.objects.get(slug="short-text")
    yield "question_bank:index", []
    for name in ("edit", "copy", "delete", "preview", "versions", "history"):
        yield f"question_bank:{name}", [question.pk]
    yield "question_bank:add", []
    yield "question_bank:add_kind", ["short_text"]
    yield "question_exchange:import", []
    yield "question_exchange:export", []


def _come(client, classroom, who):
    user = getattr(classroom.standing, who)
    sync_groups(user=user, at=timezone.now())
    client.force_login(user)


@pytest.mark.parametrize("who", [*TRAINERS, *OFFICERS, *OTHERS])
def test_keys_and_what_gives_them_away_are_shown_to_trainers_alone(client, classroom, attempt, who):
    _come(client, classroom, who)
    seen = ""
    for name, args in (*_results(classroom, attempt), *_keys(classroom, attempt)):
        answer = client.get(reverse(name, args=args))
        is_result = (name, args) in list(_results(classroom, attempt))
        is_counted = is_result and args != [attempt.pk]
        is_open = who in TRAINERS or (is_result and who in OFFICERS) or (is_counted and who == FOREIGN)
        assert (answer.status_code == 200) == is_open, (name, answer.status_code)
        seen += answer.content.decode() if is_open else ""
    export = client.get(reverse("question_exchange:download"), {"format": "gift"})
    assert (export.status_code == 200) == (who in TRAINERS)
    assert (classroom.an.person.full_name in seen) == (who in (*TRAINERS, *OFFICERS))
    assert (KEY in seen, WRITTEN in seen, FEEDBACK in seen) == ((who in TRAINERS),) * 3


@pytest.mark.parametrize("who", OFFICERS)
def test_officers_read_results_without_the_questions(client, classroom, attempt, who):
    _come(client, classroom, who)
    page = client.get(reverse("quiz_results:attempt", args=[attempt.pk])).content.decode()
    assert classroom.an.person.full_name in page
    assert "Câu hỏi short_text?" not in page
    assert classroom.topic.name in client.get(reverse("quiz_results:quiz", args=[attempt.quiz_id])).content.decode()


@pytest.mark.parametrize("who", ["giang", *TRAINERS, "dung", *OTHERS])
def test_officers_edit_a_quiz_without_reading_what_it_asks(client, classroom, attempt, who):
    quiz = _picking(classroom)
    add_quiz(classroom.course, "Luyện", [(classroom.topic, 7)], purpose="practice")
    _come(client, classroom, who)
    seen = ""
    for name, args in _pages(quiz):
        answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=args))
        assert (answer.status_code == 200) == (who in ("giang", *TRAINERS)), (name, answer.status_code)
        seen += answer.content.decode() if answer.status_code == 200 else ""
    assert ("Câu hỏi true_false?" in seen, 'name="picks-0-question"' in seen) == ((who in TRAINERS),) * 2


def _picking(classroom):
    quiz = add_quiz(classroom.course, "Chọn sẵn", [(classroom.topic, 2)])
    quiz.picks = [QuizPick(question=Question.objects.get(slug="true-false"))]
    quiz.save_revision().publish()
    return quiz


def _pages(quiz):
    first, last = quiz.revisions.order_by("pk").values_list("pk", flat=True)
    yield "edit", [quiz.pk]
    yield "history", [quiz.pk]
    yield "revisions_revert", [quiz.pk, last]
    yield "revisions_compare", [quiz.pk, first, last]
    yield "copy", [quiz.pk]


def test_what_trainers_decide_stays_when_an_officer_publishes(client, classroom, attempt):
    quiz = _picking(classroom)
    _come(client, classroom, "giang")
    changed = {"feedback": "none", "purpose": "practice", "feedback_when": "closed", "action-publish": "1"}
    sent = quiz_form(title="Đổi tên", slug=quiz.slug, **changed)
    client.post(reverse("wagtailadmin_pages:edit", args=[quiz.pk]), sent)
    stands = QuizPage.objects.get(pk=quiz.pk)
    assert (stands.title, stands.purpose, stands.feedback, stands.feedback_when) == (
        "Đổi tên", "graded", "full", "at_once",
    )  # fmt: skip
    assert stands.asking == quiz.asking


def test_whose_work_lets_them_change_the_quiz_is_vouched_for_by_somebody_else(classroom, attempt):
    at, officer = timezone.now(), classroom.standing.giang
    sync_groups(user=officer, at=at)
    done = actions.finish(attempt=_begin_as(classroom, officer, at), by=officer, at=at)
    assert "reads_keys" in [signal.kind for signal in actions.watch(attempt=done.pk, at=at)]


def test_a_key_is_corrected_only_beside_the_quiz_that_asked_it(client, classroom, attempt):
    _come(client, classroom, "binh")
    elsewhere = save("true_false", classroom.topic, classroom.standing.binh, slug="khac").current
    address = reverse("quiz_results:correct_key", args=[attempt.quiz_id, elsewhere.pk])
    assert client.get(address).status_code == 404


def test_whose_work_shows_them_the_keys_is_vouched_for_by_somebody_else(classroom, standing: Standing):
    at = timezone.now()
    begun = _begin_as(classroom, standing.binh, at)
    done = actions.finish(attempt=begun, by=standing.binh, at=at)
    told = actions.watch(attempt=done.pk, at=at)
    assert [signal.kind for signal in told] == ["reads_keys"]
    assert not Signal.objects.visible_to(standing.binh).exists()
    assert Signal.objects.visible_to(standing.giang).exists()


def _begin_as(classroom, user, at):
    enrolment = enrol(person=user.person, course=classroom.course, by=user, at=at)
    return classroom.begin(enrolment=enrolment, by=user, at=at)
