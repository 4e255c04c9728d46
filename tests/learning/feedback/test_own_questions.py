"""All that one asked on one page, also where nothing can be opened any more."""

import pytest
from django.urls import reverse

from tests.queries import assert_constant_queries

OWN = "/hoi-dap/cua-toi/"
LESSON = "/hoc-tap/ky-nang-so/mat-khau/"


@pytest.fixture
def learner(client, school):
    client.force_login(school.standing.an)
    return client


def read(client, address=OWN):
    return client.get(address).content.decode()


def test_finds_what_was_asked_and_the_way_to_its_place(learner, school):
    assert "Bạn chưa hỏi câu nào" in read(learner)
    school.answered("Ai đọc?", by=school.hoa)
    mine = school.ask("Tôi hỏi gì?")
    page = read(learner)
    assert mine.text in page
    assert LESSON in page
    assert "Ai đọc?" not in page
    for address in (LESSON, "/hoc-tap/"):
        assert OWN in read(learner, address)


@pytest.mark.parametrize("fate", ["unpublished", "deleted", "course deleted", "course unpublished", "closed"])
def test_a_question_outlives_its_place_and_can_be_taken_back(learner, school, fate, monkeypatch):
    mine = school.ask("Tôi hỏi gì?")
    match fate:
        case "unpublished":
            school.lesson.unpublish()
        case "deleted":
            school.lesson.delete()
        case "course deleted":
            school.course.delete()
        case "course unpublished":
            school.course.unpublish()
        case "closed":
            key = school.lesson.translation_key
            monkeypatch.setattr("learning.tracking.registries.gates._gates", [lambda state: {key: "Chưa đến lượt"}])
    page = read(learner)
    assert mine.text in page
    assert LESSON not in page
    assert "Trang này không còn mở nữa" in page
    assert learner.post(reverse("feedback:let_show", args=[mine.pk]), {"agrees": "yes"}).url == OWN
    assert learner.post(reverse("feedback:withdraw", args=[mine.pk])).url == OWN
    assert mine.text not in read(learner)


def test_what_is_pressed_there_leads_back_there(learner, school):
    address = reverse("feedback:let_show", args=[school.ask().pk])
    assert learner.post(address, {"agrees": "yes", "all": "1"}).url == OWN
    assert learner.post(address, {"agrees": "yes"}).url == f"{LESSON}#o_hoi-dap"


def test_asks_no_more_of_the_database_for_more(learner, school):
    school.ask()
    assert_constant_queries(lambda: read(learner), lambda: [school.ask(f"Câu {number}") for number in range(8)])
    assert "?page=2" not in read(learner)
    for number in range(20):
        school.ask(f"Nữa {number}")
    assert "page=2" in read(learner)
