"""A trainer gives a course questions of its own, and a quiz that asks them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Pool, Question, QuizPage
from membership.actions import sync_groups
from tests.browser.conftest import Visitor, axe_violations
from tests.factories.way import Way

pytestmark = pytest.mark.browser
PROMPT = "Ong chúa đẻ trứng ở đâu?"


@pytest.fixture
def binh(way: Way, visitor) -> Visitor:
    for user in (way.standing.binh, way.standing.giang):
        sync_groups(user=user, at=timezone.now())
    own = visitor()
    own.come_back("binh")
    return own


def _fits(binh: Visitor) -> None:
    width = binh.page.viewport_size["width"]
    assert binh.page.evaluate("document.querySelector('#main').scrollWidth") <= width
    assert "\n".join(axe_violations(binh.page, within="#main")) == ""


def test_a_pool_is_made_at_the_course_and_a_question_chosen_for_a_quiz(binh, way):
    binh.open(reverse("course_pools", args=[way.course.pk]))
    binh.page.locator("input#id_name").fill("Kiểm tra")
    binh.press("Make the pool")
    pool = Pool.objects.get(course=way.course)
    asked = {"topic": way.topic, "by": way.standing.binh, "at": timezone.now(), "feedback": ""}
    for slug, prompt in (("ong", PROMPT), ("mat", "Mật ong để được lâu?")):
        actions.save_question(
            slug=slug, kind="true_false", prompt=prompt, body={"answer": True}, difficulty="easy", pool=pool, **asked
        )
    binh.open(reverse("course_pools", args=[way.course.pk]))
    _fits(binh)
    binh.open(reverse("wagtailadmin_pages:add", args=["assessments", "quizpage", way.course.pk]))
    page = binh.page
    page.locator("#id_title").fill("Bài về ong")
    page.locator("#id_picks-OPEN_MODAL").click()
    chosen = page.locator(".modal tr", has_text=PROMPT)
    chosen.locator("input[type=checkbox]").check()
    page.locator(".modal [data-multiple-choice-submit]").click()
    page.locator("#inline_child_picks-0", has_text=PROMPT).wait_for()
    page.locator("#id_draws-ADD").click()
    page.locator("#id_draws-0-pool").select_option(str(pool.pk))
    page.locator("#id_draws-0-count").fill("1")
    with page.expect_navigation():
        page.locator("button.action-save:visible").first.click()
    asking = QuizPage.objects.get(title="Bài về ong").get_latest_revision_as_object().asking
    assert list(asking.picks) == [Question.objects.get(slug="ong").pk]
    assert [(draw.pool, draw.count) for draw in asking.draws] == [(pool.pk, 1)]
