"""A quiz under bad conditions: no mouse, no network, a page that is loaded again."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from assessments.models import Attempt, Response
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from membership.models import User
from tests.browser.answering import (
    answer_by_keyboard,
    answer_everything,
    first_text_field,
    hand_in,
    right_answers,
)
from tests.browser.conftest import PASSWORD, PATIENCE, Visitor, say, wait_until
from tests.browser.network import Line
from tests.factories.way import Way

pytestmark = pytest.mark.browser

# No answer is sent, not even while the page is left: a line that is cut and restored may let that through.
_AWAY = """((fetch) => {
  window.fetch = (address, how) => how?.body ? Promise.reject(new TypeError("away")) : fetch(address, how);
})(window.fetch)"""
# Whether this page, or that at a path, opens without network.
KEPT = "(path) => caches.match(path ?? location.pathname).then(Boolean)"
HELD_ON_DEVICE = """count => new Promise((done) => {
  indexedDB.open("quiz-answers").onsuccess = ({ target: { result: database } }) => {
    const asked = database.transaction("answers").objectStore("answers").count();
    asked.onsuccess = () => { database.close(); done(asked.result === count); };
  };
})"""


@pytest.fixture
def line(live_server) -> Iterator[Line]:
    laid = Line(live_server.url)
    yield laid
    laid.close()


@pytest.fixture
def an(way: Way, visitor, line) -> Visitor:
    """An, before the first question of the quiz."""
    giang, learner = way.standing.giang, way.standing.an
    sync_groups(user=giang, at=timezone.now())
    way.course.get_latest_revision().publish(user=giang)
    way.course.refresh_from_db()
    enrol(person=learner.person, course=way.course, by=learner, at=timezone.now())
    own = visitor()
    own.address = line.address
    own.come_back("an")
    own.open(f"/hoc-tap/{way.course.slug}/{way.quiz.slug}/")
    own.press("Start the quiz")
    return own


def test_keyboard_alone_takes_the_quiz(an):
    answer_by_keyboard(an.page)
    with an.page.expect_navigation():
        an.page.keyboard.press("Enter")
    expect(an.page.locator("main")).to_contain_text(say("You have passed"))
    assert Attempt.objects.get().points == len(Response.objects.all())


def test_answers_given_without_network_are_sent_when_it_returns(an):
    an.page.context.set_offline(True)
    answer_everything(an)
    an.page.wait_for_timeout(300)
    assert not Response.objects.filter(answer__isnull=False).exists()
    an.page.context.set_offline(False)
    _wait_until_saved(an)


def test_a_closed_tab_without_network_loses_nothing(an, line):
    address, context = an.page.url, an.page.context
    wait_until(an.page, KEPT)
    line.cut()
    answer_everything(an)
    expect(an.page.locator("[data-status]")).to_contain_text(
        say("Waiting for the network. Kept on this device and not sent yet: question {numbers}").split(".")[0]
    )
    an.check()
    an.page.close()
    an.page = context.new_page()
    an.page.goto(address)
    an.check()
    for name, value in right_answers().items():
        if isinstance(value, str) and an.page.locator(f"input[name='{name}'][type=radio]").count():
            expect(an.page.locator(f"input[name='{name}'][value='{value}']")).to_be_checked()
    assert not Response.objects.filter(answer__isnull=False).exists()
    line.restore()
    _wait_until_saved(an)
    expect(an.page.locator("[data-state]").first).to_have_text(say("Your answer is saved."))
    hand_in(an)
    expect(an.page.locator("main")).to_contain_text(say("You have passed"))


@pytest.mark.slow(reason="Three people, one after the other, sign in and take the quiz on one device.")
def test_three_people_on_one_device_keep_their_answers_to_themselves(an, way):
    """An's answers wait when An signs out; Chi and Dũng, who come next, neither see nor send nor lose them."""
    attempt = urlsplit(an.page.url).path
    wait_until(an.page, KEPT, attempt)
    an.page.evaluate(_AWAY)
    answer_everything(an)
    wait_until(an.page, HELD_ON_DEVICE, Response.objects.count())
    _leave(an)
    an.page.add_init_script(_AWAY)
    an.open("/hoc-tap/")
    _press_sign_out(an)
    an.press("Sign out all the same")
    _leave(an)
    an.open("/")
    for user in (way.standing.chi, way.standing.dung):
        assert not an.page.evaluate(KEPT, attempt)  # nobody reads it without network
        _take_the_quiz(an, way, user)
        _sign_out(an)
    assert (
        not Response.objects.filter(attempt__enrolment__person=way.standing.an.person)
        .filter(answer__isnull=False)
        .exists()
    )
    an.sign_in("an")
    an.open("/minh-chung/")
    _wait_until_saved(an, of=way.standing.an)


def _leave(visitor: Visitor) -> None:
    """Closes the tab and opens another one in the same browser."""
    context = visitor.page.context
    visitor.page.close()
    visitor.page = context.new_page()


def _take_the_quiz(visitor: Visitor, way: Way, user: User) -> None:
    """As far as its first page, with one answer."""
    enrol(person=user.person, course=way.course, by=user, at=timezone.now())
    visitor.sign_in(user.username)
    visitor.open(f"/hoc-tap/{way.course.slug}/{way.quiz.slug}/")
    visitor.press("Start the quiz")
    own = Response.objects.filter(attempt__enrolment__person=user.person)
    first_text_field(visitor.page).fill("của tôi")
    for _turn in range(PATIENCE // 250):
        if own.filter(answer__isnull=False).exists():
            return
        visitor.page.wait_for_timeout(250)
    raise AssertionError("The answer did not come to the server.")


def test_signing_out_while_answers_wait_asks_first_and_sends_them_when_the_network_is_back(an, line, way):
    held = Response.objects.count()
    other = _another_page(an, "/minh-chung/")
    line.cut()
    answer_everything(an)
    wait_until(an.page, HELD_ON_DEVICE, held)
    an.page.close()
    an.page = other
    _press_sign_out(an)
    asked = _asked(an)
    expect(asked).to_contain_text(_told("waiting", held))
    an.check()
    expect(asked.get_by_role("button", name=say("Stay signed in"))).to_be_focused()
    an.page.keyboard.press("Tab")
    an.page.keyboard.press("Enter")
    expect(asked).to_contain_text(_told("away"))
    an.page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    assert not Response.objects.filter(answer__isnull=False).exists()
    line.restore()
    with an.page.expect_navigation():
        _press_sign_out(an)
    assert not asked.is_visible()
    expect(an.page.locator("body[data-account]")).to_have_count(0)
    _wait_until_saved(an)


def test_what_waits_is_sent_and_signed_out_once_the_network_is_back(an):
    other = _another_page(an, "/tai-khoan/logout/")
    an.page.context.set_offline(True)
    answer_everything(an)
    wait_until(an.page, HELD_ON_DEVICE, Response.objects.count())
    an.page.close()
    an.page = other
    an.page.locator("main form button").click()
    expect(_asked(an)).to_be_visible()
    with an.page.expect_navigation():
        an.page.context.set_offline(False)
    expect(an.page.locator("body[data-account]")).to_have_count(0)
    _wait_until_saved(an)


def test_signing_out_on_the_quiz_itself_counts_its_answers(an):
    an.page.evaluate(_AWAY)
    first_text_field(an.page).fill("của tôi")
    _press_sign_out(an)
    expect(_asked(an)).to_contain_text(_told("waiting", 1))
    an.press("Sign out all the same")
    assert not Response.objects.filter(answer__isnull=False).exists()
    an.sign_in("an")
    for _turn in range(PATIENCE // 250):
        if Response.objects.filter(answer__isnull=False).exists():
            return
        an.page.wait_for_timeout(250)
    raise AssertionError("The answer that waited was not sent at the next sign-in.")


def _another_page(visitor: Visitor, path: str) -> Page:
    """A second tab that has everything it needs."""
    page = visitor.page.context.new_page()
    page.goto(visitor.address + path, wait_until="networkidle")
    return page


def _asked(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("dialog", name=say("Answers of yours have not been sent yet"))


def _told(line: str, count: int = 0) -> str:
    words = {
        "waiting": "Quiz answers that wait on this device and could not be sent: {count}.",
        "away": "There is no network, so you cannot be signed out: you are still signed in on this device.",
    }
    return say(words[line]).replace("{count}", str(count))


def _press_sign_out(visitor: Visitor) -> None:
    """In the menu where the screen is small."""
    menu = visitor.page.locator("header .menu > summary")
    if menu.is_visible() and not visitor.page.locator("header .menu[open]").count():
        menu.click()
    visitor.page.locator("header button[form=sign-out]:visible").click()


def _sign_out(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator("#sign-out").evaluate("form => form.requestSubmit()")


def test_two_tabs_agree(an):
    other = an.page.context.new_page()
    other.goto(an.page.url)
    here, there = first_text_field(an.page), first_text_field(other)
    here.fill("viết ở thẻ này")
    expect(there).to_have_value("viết ở thẻ này")
    there.fill("rồi ở thẻ kia")
    expect(here).to_have_value("rồi ở thẻ kia")


def test_an_ended_session_asks_to_sign_in_and_goes_on(an):
    address, context = an.page.url, an.page.context
    context.clear_cookies(name="sessionid")
    answer_everything(an)
    expect(an.page.locator("[data-sign-in] a")).to_be_visible()
    an.check()
    with context.expect_page() as opened:
        an.page.locator("[data-sign-in] a").click()
    first, an.page = an.page, opened.value
    an.page.locator("input[name=login]").fill("an")
    an.page.locator("input[name=password]").fill(PASSWORD)
    an.follow(an.page.locator("main form button[type=submit]").first)
    assert an.page.url == address
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    an.page = first
    _wait_until_saved(an)


def test_loading_again_shows_what_was_answered(an):
    answer_everything(an)
    _wait_until_saved(an)
    an.page.reload()
    for name, value in right_answers().items():
        if isinstance(value, str) and an.page.locator(f"select[name='{name}']").count():
            expect(an.page.locator(f"select[name='{name}']")).to_have_value(value)


def _wait_until_saved(an: Visitor, *, of: User | None = None) -> None:
    """Until every right answer, or those of one, has come to the server."""
    for _turn in range(PATIENCE // 250):
        responses = Response.objects.select_related("version")
        if of:
            responses = responses.filter(attempt__enrolment__person=of.person)
        if all(one.version.parsed.mark(one.answer, one.order).points == 1 for one in responses):
            return
        an.page.wait_for_timeout(250)
    raise AssertionError("Answers are still missing on the server.")
