"""A quiz under bad conditions: no mouse, no network, a page that is loaded again."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Attempt, Response
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from tests.browser.answering import answer_by_keyboard, answer_everything, right_answers
from tests.browser.conftest import Visitor, say
from tests.factories.way import Way

pytestmark = pytest.mark.browser


@pytest.fixture
def an(way: Way, visitor) -> Visitor:
    """An, before the first question of the quiz."""
    giang, learner = way.standing.giang, way.standing.an
    sync_groups(user=giang, at=timezone.now())
    way.course.get_latest_revision().publish(user=giang)
    way.course.refresh_from_db()
    enrol(person=learner.person, course=way.course, by=learner, at=timezone.now())
    own = visitor()
    own.sign_in("an")
    own.open(f"/hoc-tap/{way.course.slug}/{way.quiz.slug}/")
    own.press("Start the quiz")
    return own


def test_keyboard_alone_takes_the_quiz(an):
    answer_by_keyboard(an.page)
    with an.page.expect_navigation():
        an.page.keyboard.press("Enter")
    expect(an.page.locator("main")).to_contain_text(say("Passed"))
    assert Attempt.objects.get().points == len(Response.objects.all())


def test_answers_given_without_network_are_sent_when_it_returns(an):
    an.page.context.set_offline(True)
    answer_everything(an)
    an.page.wait_for_timeout(300)
    assert not Response.objects.exclude(answer=None).exists()
    an.page.context.set_offline(False)
    _wait_until_saved(an)


def test_loading_again_shows_what_was_answered(an):
    answer_everything(an)
    _wait_until_saved(an)
    an.page.reload()
    for name, value in right_answers().items():
        if isinstance(value, str) and an.page.locator(f"select[name='{name}']").count():
            expect(an.page.locator(f"select[name='{name}']")).to_have_value(value)


def _wait_until_saved(an: Visitor) -> None:
    """Until every right answer has come to the server."""
    for _turn in range(60):
        responses = Response.objects.select_related("version")
        if all(one.version.parsed.mark(one.answer, one.order).points == 1 for one in responses):
            return
        an.page.wait_for_timeout(250)
    raise AssertionError("Answers are still missing on the server.")
