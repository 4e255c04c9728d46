"""Pages that are asked for without network: what opens all the same, and the page that says so where none does."""

import pytest
from playwright.sync_api import expect

from assessments.models import Response
from tests.browser.answering import answer_everything
from tests.browser.conftest import Visitor, say, wait_until
from tests.browser.test_quiz import HELD_ON_DEVICE, KEPT
from tests.factories.way import open_course

pytestmark = pytest.mark.browser

_READY = """async () =>
  (await navigator.serviceWorker.ready).active?.state === "activated" && Boolean(navigator.serviceWorker.controller)
  && Boolean(await caches.match("/bai-kiem-tra/khong-mang/"))"""
_WAITING = (
    "Answers that wait on this device: {count}. Each is sent once the person who gave it is signed in and there is a "
    "network."
)
_CACHED = """async () => {
  const caught = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const held = await Promise.all(caught.map((cache) => cache.keys()));
  return held.flat().map(({ url }) => url);
}"""


@pytest.fixture
def an(an_on_line) -> Visitor:
    return an_on_line


def _has_no_network(visitor: Visitor) -> None:
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(say("There is no network"))


def _try_again(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name=say("Try again")).click()


def test_a_page_that_is_not_kept_is_answered_by_one_that_says_what_works(an, line):
    an.open("/hoc-tap/")
    wait_until(an.page, _READY)
    line.cut()
    an.page.goto(f"{an.address}/minh-chung/")
    _has_no_network(an)
    expect(an.page.get_by_text(say("A quiz that you opened on this device goes on: answer as usual."))).to_be_visible()
    expect(an.page.locator("[data-waiting]")).to_be_hidden()
    expect(an.page.locator("[data-kept]")).to_be_hidden()
    an.check()
    _try_again(an)
    _has_no_network(an)
    line.restore()
    _try_again(an)
    expect(an.page.get_by_role("heading", level=1)).not_to_have_text(say("There is no network"))
    assert an.page.url.endswith("/minh-chung/")
    an.check()


def test_it_leads_to_the_quiz_that_opens_and_counts_the_answers_that_wait(an, way, line):
    open_course(way, way.standing.an)
    an.open(f"/hoc-tap/{way.course.slug}/{way.quiz.slug}/")
    wait_until(an.page, _READY)
    an.press("Start the quiz")
    attempt = an.page.url
    wait_until(an.page, KEPT)
    line.cut()
    answer_everything(an)
    wait_until(an.page, HELD_ON_DEVICE, Response.objects.count())
    an.page.goto(f"{an.address}/minh-chung/")
    _has_no_network(an)
    said = say(_WAITING).replace("{count}", str(Response.objects.count()))
    expect(an.page.locator("[data-waiting]")).to_have_text(said)
    an.check()
    an.page.locator("[data-kept] a").click()
    assert an.page.url == attempt
    expect(an.page.locator("[data-quiz]")).to_be_visible()


def test_after_signing_out_nothing_of_anybody_is_told(an, way, line):
    an.open("/hoc-tap/")
    wait_until(an.page, _READY)
    an.page.evaluate("document.querySelector('#sign-out').requestSubmit()")
    expect(an.page.locator("body[data-account]")).to_have_count(0)
    line.cut()
    an.page.goto(f"{an.address}/hoc-tap/")
    _has_no_network(an)
    name = way.standing.an.person.full_name
    assert name not in an.page.content()
    expect(an.page.locator("[data-kept]")).to_be_hidden()
    names = an.page.evaluate(_CACHED)
    assert [one for one in names if "/static/" not in one] == [f"{an.address}/bai-kiem-tra/khong-mang/"]
