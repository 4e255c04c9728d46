"""Where trainers see which written answers wait, and mark them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Response, WrittenMark
from tests.assessments.actions.test_marking_written import essay  # noqa: F401 (a fixture)
from tests.queries import assert_constant_queries


def test_a_trainer_marks_what_waits_and_the_learner_reads_it(binh, essay, classroom, client):  # noqa: F811
    waiting = reverse("written_marking:waiting")
    address = reverse("written_marking:mark", args=[essay.pk])
    assert address in binh.get(waiting).content.decode()
    page = binh.get(address).content.decode()
    assert "Bài của An" in page
    assert "Ba ý bí mật" in page
    sent = {"points-0": "2", "points-1": "1", "comment": "Thêm ví dụ nhé", "seen": "0"}
    assert binh.post(address, sent).url == waiting
    assert "Bài của An" not in binh.get(waiting).content.decode()
    client.force_login(classroom.an)
    result = client.get(reverse("assessments:result", args=[essay.attempt_id])).content.decode()
    assert "Thêm ví dụ nhé" in result
    assert "Đủ ý: 2/3" in result


def test_the_guide_is_not_told_while_the_answer_waits(essay, classroom, client):  # noqa: F811
    client.force_login(classroom.an)
    assert "bí mật" not in client.get(reverse("assessments:result", args=[essay.attempt_id])).content.decode()


def test_points_that_do_not_fit_are_said_and_nothing_typed_is_lost(binh, essay):  # noqa: F811
    address = reverse("written_marking:mark", args=[essay.pk])
    response = binh.post(address, {"points-0": "9", "points-1": "x", "comment": "Đang viết dở", "seen": "0"})
    assert response.status_code == 400
    assert "Đang viết dở" in response.content.decode()
    assert not WrittenMark.objects.exists()


@pytest.mark.parametrize("name", ["an", "chi"])
def test_who_does_not_teach_sees_nothing(client, essay, classroom, name):  # noqa: F811
    client.force_login(getattr(classroom.standing, name))
    for address in (reverse("written_marking:waiting"), reverse("written_marking:mark", args=[essay.pk])):
        assert client.get(address).status_code == 403


def test_the_list_does_not_grow_in_queries(binh, essay, classroom):  # noqa: F811
    def more():
        for _turn in range(3):
            attempt = classroom.begin(quiz=essay.attempt.quiz)
            given = [
                actions.Given(one.position, "Bài nữa" if one.version.kind == "written" else True, 1)
                for one in attempt.responses.for_page()
            ]
            actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=given)

    assert_constant_queries(lambda: binh.get(reverse("written_marking:waiting")), more)
    assert Response.objects.waiting_for(classroom.standing.binh).count() == 4
