"""What the page's script sends, and what it is told."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.sitting import access
from tests.assessments.conftest import FEEDBACK, add_quiz, all_right
from tests.queries import count_queries


@pytest.fixture
def an(client, classroom):
    client.force_login(classroom.an)
    return client


def send(client, attempt, body, **extra):
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    address = reverse("assessments:answers", args=[attempt.pk])
    return client.post(address, raw, content_type="application/json", **extra)


def one(attempt, text="xin chào", sequence=1):
    position = attempt.responses.get(version__kind="short_text").position
    return {"position": position, "answer": text, "sequence": sequence}


def test_one_answer_is_saved_and_said_so(an, classroom):
    attempt = classroom.begin()
    response = send(an, attempt, one(attempt))
    said = response.json()
    assert response.status_code == 200
    assert said["answers"] == [{**one(attempt), "is_saved": True}]
    assert re.fullmatch(r"\d\d:\d\d", said["saved_at"])


def test_saving_an_answer_takes_at_most_8_queries(an, classroom):
    attempt = classroom.begin()
    body = one(attempt)
    send(an, attempt, body)
    assert count_queries(lambda: send(an, attempt, {**body, "sequence": 2, "answer": "khác"})) <= 8


def test_many_answers_take_no_more_queries_than_few(an, classroom):
    attempt = classroom.begin()
    given = [vars(given) for given in all_right(attempt, 5)]
    few = count_queries(lambda: send(an, attempt, {"answers": given[:2]}))
    many = count_queries(lambda: send(an, attempt, {"answers": [{**g, "sequence": 6} for g in given]}))
    assert many <= few <= 8
    assert attempt.responses.filter(answer__isnull=False).count() == 6


def test_a_late_delivery_is_answered_with_what_stands(an, classroom):
    attempt = classroom.begin()
    send(an, attempt, one(attempt, "mới", 9))
    response = send(an, attempt, one(attempt, "cũ", 3))
    assert response.status_code == 200
    assert response.json()["answers"][0] == {**one(attempt, "mới", 9), "is_saved": False}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        b"\xff\xfe",
        "[" * 100_000,
        {"answers": []},
        {"answers": "x"},
        {"answers": [1]},
        {"position": 1, "sequence": 1},
        {"position": "1", "answer": 0, "sequence": 1},
        {"position": True, "answer": 0, "sequence": 1},
        {"position": 10**30, "answer": 0, "sequence": 1},
        {"position": 1, "answer": 0, "sequence": 10**30},
        {"position": 1, "answer": 0, "sequence": -1},
        {"position": 1, "answer": 0, "sequence": 1.5},
        {"position": 1, "answer": {"a": 1}, "sequence": 1},
        {"answers": [{"position": 1, "answer": None, "sequence": 1}] * 501},
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_changes_nothing(an, classroom, body):
    attempt = classroom.begin()
    response = send(an, attempt, body)
    assert response.status_code == 400
    assert response.json()["message"]
    assert not attempt.responses.exclude(sequence=0).exists()


def test_anothers_attempt_and_unknown_positions_are_unknown(client, classroom):
    attempt = classroom.begin()
    client.force_login(classroom.standing.ha)
    assert send(client, attempt, one(attempt)).status_code == 404
    client.force_login(classroom.an)
    assert send(client, attempt, {**one(attempt), "position": 77}).status_code == 404
    assert send(client, attempt, {"answers": [one(attempt), {**one(attempt), "position": 77}]}).status_code == 404
    assert not attempt.responses.filter(answer__isnull=False).exists()


def test_an_expired_session_is_told_where_to_sign_in(client, classroom):
    attempt = classroom.begin()
    response = send(client, attempt, one(attempt))
    assert response.status_code == 401
    assert reverse("assessments:attempt", args=[attempt.pk]) in response.json()["sign_in"]


def test_a_page_made_for_another_account_is_told_so_and_not_that_the_attempt_is_unknown(client, classroom):
    """Else the script there would take the attempt for gone, and drop answers that still wait."""
    attempt, account = classroom.begin(), str(classroom.an.pk)
    client.force_login(classroom.standing.ha)
    assert send(client, attempt, one(attempt), headers={"X-Account": account}).status_code == 401
    client.force_login(classroom.an)
    assert send(client, attempt, one(attempt), headers={"X-Account": account}).status_code == 200


def test_a_finished_attempt_leads_to_its_result(an, classroom):
    attempt = classroom.begin()
    actions.finish(attempt=attempt, by=classroom.an, at=timezone.now())
    response = send(an, attempt, one(attempt))
    assert response.status_code == 409
    assert response.json()["attempt"] == reverse("assessments:attempt", args=[attempt.pk])


def test_too_many_answers_are_told_when_to_come_back(an, classroom, monkeypatch, one_rate_period):
    monkeypatch.setattr(access, "_ANSWERS_RATE", "3/m")
    attempt = classroom.begin()
    body = one(attempt)
    for sequence in range(1, 4):
        assert send(an, attempt, {**body, "sequence": sequence}).status_code == 200
    response = send(an, attempt, {**body, "sequence": 4})
    assert response.status_code == 429
    assert 1 <= response.json()["retry_after"] <= 60
    assert int(response["Retry-After"]) == response.json()["retry_after"]


def test_a_forged_request_is_refused(classroom):
    attempt = classroom.begin()
    client = Client(enforce_csrf_checks=True)
    client.force_login(classroom.an)
    assert send(client, attempt, one(attempt)).status_code == 403


def test_nothing_of_the_key_is_in_the_answers(an, classroom):
    attempt = classroom.begin(quiz=add_quiz(classroom.course, "Khác", [(classroom.topic, 6)]))
    body = {"answers": [{"position": n, "answer": None, "sequence": 1} for n in range(1, 7)]}
    text = send(an, attempt, body).content.decode()
    for secret in ("is_correct", FEEDBACK, "Bí mật", "right"):
        assert secret not in text
