import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from assessments import actions
from assessments.actions import Given
from assessments.models import QuizPage
from evaluation.criteria.models import Indicator
from home.coverage import IndicatorResult, TopicResult
from home.demo.answers import right
from learning.tracking.actions import enrol
from tests.factories.way import lay_way, open_course


@pytest.fixture
def way(standing):
    laid = lay_way(standing)
    open_course(laid)
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


def test_what_a_few_answered_is_called_neither_the_best_nor_the_worst(client, way, monkeypatch):
    results = {1: (90, 1), 2: (80, 10), 3: (60, 40), 4: (10, 9), 5: None}
    rows = [
        IndicatorResult(number, f"Chỉ số {number}", [TopicResult("", known[1], known[0])] if known else [])
        for number, known in results.items()
    ]
    monkeypatch.setattr("home.views.results_by_indicator", lambda user, day: rows)
    client.force_login(way.standing.binh)
    wanted = gettext("Most is earned at “%(best)s” (%(high)s %% of the points), least at “%(worst)s” (%(low)s %%).")
    said = wanted % {"best": "Chỉ số 2", "high": 80, "worst": "Chỉ số 3", "low": 60}
    assert said in client.get(reverse("home:indicator_results")).content.decode()
    rows[2] = IndicatorResult(3, "Chỉ số 3", [TopicResult("", 40, 80)])
    assert "figcaption" not in client.get(reverse("home:indicator_results")).content.decode()


def test_who_looks_after_no_learning_finds_nothing_there(client, standing):
    client.force_login(standing.an)
    assert client.get(reverse("home:indicator_results")).status_code == 404
