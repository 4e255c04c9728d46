"""The result of a quiz, as it is seen, heard and walked on from."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from learning.tracking.actions import complete_step
from learning.tracking.models import Enrolment
from tests.browser.answering import answer_everything, hand_in
from tests.browser.conftest import say
from tests.browser.test_quiz import an, line  # noqa: F401  # fixtures

pytestmark = pytest.mark.browser


def test_passing_the_examination_that_finishes_the_course_is_a_moment(an, way):  # noqa: F811
    for lesson in way.lessons:
        complete_step(enrolment=Enrolment.objects.get(), step=lesson, at=timezone.now())
    answer_everything(an)
    hand_in(an)
    page = an.page
    verdict = say("You have passed, and finished the course")
    expect(page.locator("#verdict")).to_be_focused()
    assert page.title().startswith(verdict)
    tree = page.locator("main").aria_snapshot()
    order = [verdict, say("What it counts for"), "Chỉ số 1 · ", say("What next?"), say("Question by question")]
    places = [tree.index(part) for part in order]
    assert places == sorted(places), tree
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        an.check()
    an.press("See the result of the course", role="link")
    assert page.url.endswith(f"/hoc-tap/{way.course.slug}/")


def test_failing_leads_to_the_lessons_and_does_not_hide_the_way_back(an, way):  # noqa: F811
    page = an.page
    if page.locator("form[data-view=single]").count():
        page.get_by_role("button", name=say("Show all on one page")).click()
    an.press("Hand in the quiz")
    an.press("Hand in all the same")
    expect(page.locator("#verdict")).to_have_text(say("Not passed this time"))
    again = page.get_by_role("region", name=say("Look at this again"))
    expect(again.get_by_role("link")).to_have_text([lesson.title for lesson in way.lessons])
    order = [say("Look at this again"), say("What next?"), say("Take the quiz again"), say("Back to the course")]
    tree = page.locator("main").aria_snapshot()
    assert [tree.index(part) for part in order] == sorted(tree.index(part) for part in order), tree
    an.check()
    again.get_by_role("link").first.click()
    expect(page.locator("h1")).to_have_text(way.lessons[0].title)
