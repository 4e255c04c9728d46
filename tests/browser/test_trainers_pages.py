"""A trainer's way through the back office: home, bank, each kind's screen, a dry run, results, marking. What is ours is
looked at by axe and fits the screen; around it stands Wagtail."""

from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.kinds import KINDS
from assessments.models import Question
from home.demo.answers import right
from intake.actions import begin_import, read_import
from intake.models import Import
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from tests.browser.conftest import Visitor, axe_violations
from tests.factories.way import Way

pytestmark = pytest.mark.browser

_CUT_OFF = """[...document.querySelectorAll('#main table')].some(table =>
  table.getBoundingClientRect().right > innerWidth && !table.closest('.w-overflow-x-auto, #listing-results'))"""
FILE = "// [id:mot]\nMột?{T}\n\nBa? {~a ~b}\n\nBốn? {"


@pytest.fixture
def binh(way: Way, visitor) -> Visitor:
    for user in (way.standing.binh, way.standing.giang):
        sync_groups(user=user, at=timezone.now())
    way.course.get_latest_revision().publish(user=way.standing.giang)
    own = visitor()
    own.sign_in("binh")
    return own


def _attempt(way: Way):
    """With a written answer that waits."""
    at, by = timezone.now(), way.standing.binh
    body = {"criteria": [{"text": "Đủ hai ý", "points": 2}], "guide": "Hai ý bất kỳ."}
    actions.save_question(
        slug="viet", topic=way.topic, kind="written", prompt="Bạn học được gì?", body=body, feedback="",
        difficulty="easy", by=by, at=at,
    )  # fmt: skip
    way.quiz.draws.update(count=Question.objects.count())
    way.course.refresh_from_db()
    learner = way.standing.an
    enrolment = enrol(person=learner.person, course=way.course, by=learner, at=at)
    attempt = actions.start(enrolment=enrolment, quiz=way.quiz, by=learner, at=at, rng=Random(1))
    given = [
        actions.Given(one.position, right(one.version.parsed, one.order), 1)
        for one in attempt.responses.select_related("version")
    ]
    return actions.finish(attempt=attempt, by=learner, at=at, given=given)


def _dry_run(way: Way) -> Import:
    asked = {"by": way.standing.binh, "at": timezone.now()}
    details = {"format": "gift", "topic": way.topic.pk, "difficulty": "easy"}
    batch = begin_import(kind="questions", name="đề.txt", content=FILE.encode(), details=details, **asked)
    return read_import(batch=batch, **asked)


@pytest.mark.slow(reason="One browser asks axe about every screen there is.")
def test_every_screen_of_a_trainer_can_be_read_by_everybody(binh, way):
    attempt, batch = _attempt(way), _dry_run(way)
    question = Question.objects.get(slug="single-choice")
    waiting = attempt.responses.get(version__kind="written")
    pages = [
        reverse("wagtailadmin_home"),
        reverse("course_builder", args=[way.course.pk]),
        reverse("question_bank:index"),
        *(reverse("question_bank:add_kind", args=[kind]) for kind in KINDS),
        *(
            reverse(f"question_bank:{name}", args=[question.pk])
            for name in ("edit", "versions", "preview", "delete", "copy")
        ),
        *(reverse(f"question_exchange:{name}") for name in ("import", "export")),
        reverse("question_exchange:dry_run", args=[batch.pk]),
        reverse("quiz_results:quizzes"),
        *(reverse(f"quiz_results:{name}", args=[way.quiz.pk]) for name in ("quiz", "attempts")),
        reverse("quiz_results:attempt", args=[attempt.pk]),
        reverse("quiz_results:stuck", args=[way.course.pk]),
        *(reverse(f"quiz_results:{name}") for name in ("signals", "extra_time")),
        reverse("written_marking:waiting"),
        reverse("written_marking:mark", args=[waiting.pk]),
    ]
    found = [problem for page in pages for problem in _problems(binh, page)]
    assert "\n".join(found) == ""


def _problems(binh: Visitor, address: str) -> list[str]:
    binh.open(address)
    binh.page.wait_for_load_state("load")
    return _too_wide(binh, address) + axe_violations(binh.page, within="#main")


def _too_wide(binh: Visitor, address: str) -> list[str]:
    """Wagtail cuts off what is wider than the screen: a wide table moves within a part of its own."""
    return [f"{address}: a table is cut off"] if binh.page.evaluate(_CUT_OFF) else []
