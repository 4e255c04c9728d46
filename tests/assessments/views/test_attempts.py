"""An attempt's pages, as a browser without script uses them."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Attempt, QuizPage
from assessments.views import attempts
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence
from tests.assessments.conftest import FEEDBACK, add_quiz, all_right, right_answer, save
from tests.queries import assert_constant_queries, count_queries
from work.kept import forget_memory


@pytest.fixture
def an(client, classroom):
    client.force_login(classroom.an)
    return client


def page_of(attempt):
    return reverse("assessments:attempt", args=[attempt.pk])


def result_of(attempt):
    return reverse("assessments:result", args=[attempt.pk])


def form_of(attempt, answers=None, **extra):
    """What a plain form sends: the answers by position, all right ones unless given."""
    sent = dict(extra)
    for response in attempt.responses.for_page():
        name = f"q-{response.position}"
        sent[f"seen-{response.position}"] = str(response.sequence)
        answer = right_answer(response) if answers is None else answers.get(response.position)
        kind = response.version.kind
        if kind in ("matching", "ordering"):
            places = answer or [None] * (len(response.order) if kind == "ordering" else len(response.order["lefts"]))
            sent |= {f"{name}-{row}": "" if place is None else str(place) for row, place in enumerate(places)}
        elif kind == "multiple_choice":
            sent[name] = [str(place) for place in answer or []]
        elif kind == "true_false":
            sent |= {} if answer is None else {name: "true" if answer else "false"}
        elif answer is not None:
            sent[name] = str(answer)
    return sent


def test_the_start_button_starts_and_goes_on(an, classroom):
    start = reverse("assessments:start", args=[classroom.quiz.pk])
    first = an.post(start)
    assert first.url == page_of(Attempt.objects.get())
    assert an.post(start).url == first.url
    assert an.get(start).status_code == 405


def test_starting_without_account_leads_to_signing_in_and_back_to_the_step(client, classroom):
    response = client.post(reverse("assessments:start", args=[classroom.quiz.pk]))
    assert response.status_code == 302
    step = reverse("tracking:step", args=[classroom.course.slug, classroom.quiz.slug])
    assert response.url.endswith(f"?next={step}")


def test_starting_without_enrolment_leads_to_the_course(client, classroom):
    client.force_login(classroom.standing.ha)
    response = client.post(reverse("assessments:start", args=[classroom.quiz.pk]))
    assert response.url == classroom.course.get_url()
    assert not Attempt.objects.exists()


def test_starting_with_no_attempts_left_says_so(an, classroom):
    quiz = add_quiz(classroom.course, "Một lần", [(classroom.topic, 2)], attempts_allowed=1)
    actions.finish(attempt=classroom.begin(quiz=quiz), by=classroom.an, at=timezone.now())
    response = an.post(reverse("assessments:start", args=[quiz.pk]), follow=True)
    assert "hết số lượt" in response.content.decode() or "used all" in response.content.decode()


def test_the_open_attempt_shows_its_questions_and_nothing_of_the_key(an, classroom):
    attempt = classroom.begin()
    html = an.get(page_of(attempt)).content.decode()
    for response in attempt.responses.for_page():
        assert response.version.prompt in html
    for secret in ("is_correct", FEEDBACK, "Bí mật của đáp án", "accepted"):
        assert secret not in html
    values = re.findall(r'name="q-\d+" value="([^"]*)"', html)
    assert set(values) <= {"0", "1", "2", "true", "false", ""}


def test_another_key_would_make_the_same_page(an, classroom):
    """The proof that nothing leaks: the pages of two keys differ in nothing."""
    attempt = classroom.begin()
    before = an.get(page_of(attempt)).content.decode()
    version = attempt.responses.get(version__kind="multiple_choice").version
    for option in version.body["options"]:
        option["is_correct"] = not option["is_correct"]
    type(version).objects.filter(pk=version.pk).update(body=version.body)
    forget_memory()
    after = an.get(page_of(attempt)).content.decode()
    token = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken":"[^"]+"|data-now="\d+"')
    assert token.sub("", before) == token.sub("", after)


@pytest.mark.parametrize("name", ["attempt", "result"])
def test_anothers_attempt_is_unknown(client, classroom, name):
    attempt = classroom.begin()
    client.force_login(classroom.standing.ha)
    address = reverse(f"assessments:{name}", args=[attempt.pk])
    assert client.get(address).status_code == 404
    if name == "attempt":
        assert client.post(address, form_of(attempt, finish="confirmed")).status_code == 404
        assert not Attempt.objects.exclude(finished_at=None).exists()


def test_saving_keeps_the_answers_and_shows_them_again(an, classroom):
    attempt = classroom.begin()
    response = an.post(page_of(attempt), form_of(attempt, save="save"))
    assert response.url == page_of(attempt)
    assert attempt.responses.filter(answer__isnull=False).count() == 6
    html = an.get(page_of(attempt)).content.decode()
    assert "checked" in html
    assert "selected" in html
    assert "Bí mật của đáp án" in html  # the learner's own words


def test_handing_in_marks_and_leads_to_the_result(an, classroom):
    attempt = classroom.begin()
    response = an.post(page_of(attempt), form_of(attempt, finish="ask"))
    assert response.url == result_of(attempt)
    html = an.get(result_of(attempt)).content.decode()
    assert FEEDBACK in html
    assert Evidence.objects.filter(kind=Kind.QUIZ_PASSED).count() == 1
    assert an.get(page_of(attempt)).url == result_of(attempt)


def test_handing_in_twice_gives_one_result(an, classroom):
    attempt = classroom.begin()
    sent = form_of(attempt, finish="ask")
    first, again = an.post(page_of(attempt), sent), an.post(page_of(attempt), sent)
    assert first.url == again.url == result_of(attempt)
    assert Evidence.objects.filter(kind=Kind.QUIZ_PASSED).count() == 1


def test_handing_in_with_gaps_saves_asks_and_then_takes_it(an, classroom):
    attempt = classroom.begin()
    text = attempt.responses.get(version__kind="short_text")
    sent = form_of(attempt, {text.position: "một câu"}, finish="ask")
    response = an.post(page_of(attempt), sent)
    assert response.status_code == 200
    assert 'value="confirmed"' in response.content.decode()
    text.refresh_from_db()
    assert text.answer == "một câu"
    assert Attempt.objects.get().finished_at is None
    response = an.post(page_of(attempt), form_of(attempt, {text.position: "một câu"}, finish="confirmed"))
    assert response.url == result_of(attempt)


def test_an_old_window_does_not_undo_a_newer_answer(an, classroom):
    attempt = classroom.begin()
    old = form_of(attempt, {}, save="save")
    actions.answer_all(attempt=attempt, given=all_right(attempt, 50), by=classroom.an, at=timezone.now())
    text = attempt.responses.get(version__kind="short_text")
    an.post(page_of(attempt), old | {f"q-{text.position}": "cũ"})
    text.refresh_from_db()
    assert text.answer == "Bí mật của đáp án"
    assert attempt.responses.filter(answer__isnull=False).count() == 6


def test_what_does_not_fit_is_said_and_everything_typed_is_shown_again(an, classroom):
    attempt = classroom.begin()
    text = attempt.responses.get(version__kind="short_text").position
    sent = form_of(attempt, save="save") | {f"q-{text}": "dài " * 200}
    response = an.post(page_of(attempt), sent)
    html = response.content.decode()
    assert response.status_code == 400
    assert f'href="#question-{text}"' in html
    assert "dài dài dài" in html
    assert "checked" in html


@pytest.mark.parametrize("value", ["999", "x", "-1"])
def test_a_tampered_form_is_refused_and_not_an_error(an, classroom, value):
    attempt = classroom.begin()
    choice = attempt.responses.get(version__kind="single_choice").position
    assert an.post(page_of(attempt), {f"seen-{choice}": "0", f"q-{choice}": value}).status_code == 400
    assert an.post(page_of(attempt), {f"seen-{choice}": value, f"q-{choice}": "0"}).status_code in (302, 400)


def test_an_expired_session_keeps_what_was_sent_until_one_is_back(client, classroom):
    attempt = classroom.begin()
    text = attempt.responses.get(version__kind="short_text").position
    response = client.post(page_of(attempt), form_of(attempt, {text: "đã gõ rồi"}, save="save"))
    assert response.status_code == 302
    assert page_of(attempt) in response.url
    client.force_login(classroom.an)
    html = client.get(page_of(attempt)).content.decode()
    assert "đã gõ rồi" in html
    assert attempt.responses.get(position=text).answer is None  # a GET writes nothing
    client.post(page_of(attempt), form_of(attempt, {text: "đã gõ rồi"}, save="save"))
    assert attempt.responses.get(position=text).answer == "đã gõ rồi"
    assert "kept_answers" not in client.session


def test_without_account_a_page_leads_to_signing_in(client, classroom):
    attempt = classroom.begin()
    assert page_of(attempt) in client.get(page_of(attempt)).url
    assert client.get(result_of(attempt)).status_code == 302
    assert client.post(reverse("assessments:attempt", args=[classroom.quiz.translation_key])).status_code == 404


def test_when_the_time_is_over_a_get_says_so_and_the_button_hands_in(an, classroom):
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 6)], time_limit_minutes=1)
    attempt = classroom.begin(quiz=quiz, at=timezone.now() - datetime.timedelta(minutes=5))
    html = an.get(page_of(attempt)).content.decode()
    assert "data-question" not in html
    assert Attempt.objects.get().finished_at is None
    assert an.post(page_of(attempt), {"finish": "confirmed"}).url == result_of(attempt)
    attempt.refresh_from_db()
    assert attempt.finished_at == attempt.due_at


def test_saving_after_the_end_is_refused_in_words(an, classroom):
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 6)], time_limit_minutes=1)
    attempt = classroom.begin(quiz=quiz, at=timezone.now() - datetime.timedelta(minutes=5))
    assert an.post(page_of(attempt), form_of(attempt, save="save")).url == page_of(attempt)
    assert not attempt.responses.filter(answer__isnull=False).exists()


def test_too_many_saves_are_told_to_wait_and_keep_what_was_typed(an, classroom, monkeypatch):
    attempt = classroom.begin()
    monkeypatch.setattr(attempts, "seconds_to_wait", lambda _request: 17)
    text = attempt.responses.get(version__kind="short_text").position
    response = an.post(page_of(attempt), form_of(attempt, {text: "giữ lại nhé"}, save="save"))
    assert (response.status_code, response["Retry-After"]) == (429, "17")
    assert "giữ lại nhé" in response.content.decode()


@pytest.mark.parametrize(
    ("feedback", "shows_questions", "shows_key"),
    [("full", True, True), ("result", True, False), ("none", False, False)],
)
def test_the_result_shows_what_the_trainer_allows(an, classroom, feedback, shows_questions, shows_key):
    quiz = add_quiz(classroom.course, "Phản hồi", [(classroom.topic, 6)], feedback=feedback)
    attempt = classroom.begin(quiz=quiz)
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now())
    html = an.get(result_of(attempt)).content.decode()
    assert ("Câu hỏi ordering?" in html) is shows_questions
    assert (FEEDBACK in html) is shows_key
    assert ("1. Bước một" in html) is shows_key


def test_points_are_shown_as_exactly_as_they_count(an, classroom):
    attempt = classroom.begin()
    ordering = attempt.responses.get(version__kind="ordering")
    half = [place if row == 0 else None for row, place in enumerate(ordering.order)]
    given = [actions.Given(ordering.position, half, 1)]
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=given)
    assert "0,33" in an.get(result_of(attempt)).content.decode()


def test_the_result_outlives_quiz_and_course(an, classroom):
    attempt = classroom.begin()
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now())
    QuizPage.objects.get(pk=classroom.quiz.pk).delete()
    assert "Bài kiểm tra" in an.get(result_of(attempt)).content.decode()
    classroom.course.refresh_from_db()
    classroom.course.delete()
    assert an.get(result_of(attempt)).status_code == 200


def test_an_open_attempt_outlives_its_quiz(an, classroom):
    attempt = classroom.begin()
    sent = form_of(attempt, finish="ask")
    QuizPage.objects.get(pk=classroom.quiz.pk).delete()
    assert an.get(page_of(attempt)).status_code == 200
    assert an.post(page_of(attempt), sent).url == result_of(attempt)
    assert an.get(result_of(attempt)).status_code == 200


def test_pages_are_never_kept_by_caches(an, classroom):
    attempt = classroom.begin()
    assert "no-store" in an.get(page_of(attempt))["Cache-Control"]


def test_finishing_takes_at_most_25_queries(an, classroom):
    attempt = classroom.begin()
    an.get(reverse("tracking:step", args=[classroom.course.slug, classroom.quiz.slug]))
    sent = form_of(attempt, finish="ask")
    assert count_queries(lambda: an.post(page_of(attempt), sent)) <= 25
    assert Attempt.objects.get().is_passed


def test_pages_take_no_more_queries_for_more_questions(an, classroom):
    small = classroom.begin(quiz=add_quiz(classroom.course, "Nhỏ", [(classroom.topic, 2)]))
    large = classroom.begin(quiz=add_quiz(classroom.course, "Lớn", [(classroom.topic, 6)]))
    an.get(page_of(large))  # the process has met all versions
    shown = iter([small, small, large])
    assert_constant_queries(lambda: an.get(page_of(next(shown))), lambda: None)
    for attempt in (small, large):
        actions.finish(attempt=attempt, by=classroom.an, at=timezone.now())
    an.get(page_of(large))  # the process has met all versions
    shown = iter([small, small, large])
    assert_constant_queries(lambda: an.get(result_of(next(shown))), lambda: None)


def test_the_player_shows_rules_and_attempts_without_growing(an, classroom):
    step = reverse("tracking:step", args=[classroom.course.slug, classroom.quiz.slug])
    actions.finish(attempt=classroom.begin(), by=classroom.an, at=timezone.now())

    def more():
        for _ in range(4):
            actions.finish(attempt=classroom.begin(), by=classroom.an, at=timezone.now())

    assert_constant_queries(lambda: an.get(step), more)
    html = an.get(step).content.decode()
    assert reverse("assessments:start", args=[classroom.quiz.pk]) in html
    assert html.count("/ket-qua/") >= 5


def test_a_members_visit_to_the_quiz_page_lands_in_the_player(an, classroom):
    response = an.get(classroom.quiz.get_url())
    assert response.url == reverse("tracking:step", args=[classroom.course.slug, classroom.quiz.slug])


def test_handing_in_twenty_questions_takes_at_most_15_queries(an, classroom):
    for number in range(14):
        save("true_false", classroom.topic, classroom.standing.binh, slug=f"cau-{number}", prompt=f"Câu {number}")
    attempt = classroom.begin(quiz=add_quiz(classroom.course, "Hai mươi", [(classroom.topic, 20)]))
    an.get(page_of(attempt))
    sent = form_of(attempt, finish="ask")
    assert count_queries(lambda: an.post(page_of(attempt), sent)) <= 15
    assert Attempt.objects.get().is_passed


def test_saving_an_answer_takes_at_most_6_queries(an, classroom):
    attempt = classroom.begin()
    an.get(page_of(attempt))
    body = {"position": 1, "answer": None, "sequence": 5}
    address = reverse("assessments:answers", args=[attempt.pk])
    assert count_queries(lambda: an.post(address, body, content_type="application/json")) <= 6


def test_the_quiz_says_before_the_start_how_long_one_waits_and_has(an, classroom):
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 2)], wait_minutes=1440, time_limit_minutes=20)
    address = reverse("tracking:step", args=[classroom.course.slug, quiz.slug])
    said = an.get(address).content.decode()
    assert "1 ngày" in said
    assert "20 phút" in said
    giver = classroom.standing.binh
    actions.grant_time(person=classroom.an.person, percent=50, by=giver, at=timezone.now())
    assert "30 phút" in an.get(address).content.decode()
