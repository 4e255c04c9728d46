import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.actions import Given
from assessments.models import QuizPage
from evaluation.criteria.models import Indicator
from home.demo.answers import right
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from tests.factories.way import lay_way


@pytest.fixture
def way(standing):
    laid = lay_way(standing)
    sync_groups(user=standing.giang, at=timezone.now())
    laid.course.get_latest_revision().publish(user=standing.giang)
    laid.course.refresh_from_db()
    return laid


def test_answers_on_a_topic_stand_beside_the_indicators_that_it_teaches(client, way):
    an, at = way.standing.an, timezone.now()
    enrolment = enrol(person=an.person, course=way.course, by=an, at=at)
    attempt = actions.start(enrolment=enrolment, quiz=QuizPage.objects.get(pk=way.quiz.pk), by=an, at=at)
    given = [Given(one.position, right(one.version.parsed, one.order), 1) for one in attempt.responses.all()]
    actions.finish(attempt=attempt, by=an, at=at, given=given)
    slug = attempt.responses.first().version.question.topic.slug
    Indicator.objects.filter(number=5).update(topics=slug)
    client.force_login(way.standing.binh)
    html = client.get(reverse("home:indicator_results"))
    assert html.status_code == 200
    assert "100 %" in html.content.decode()


def test_who_looks_after_no_learning_finds_nothing_there(client, standing):
    client.force_login(standing.an)
    assert client.get(reverse("home:indicator_results")).status_code == 404
