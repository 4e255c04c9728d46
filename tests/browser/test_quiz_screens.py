"""The quiz a question a screen and all on one page: by thumb, by keyboard, by ear, and without script."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Attempt, Response
from tests.browser.answering import answer_everything, bring, empty, first_text_field
from tests.browser.conftest import say, wait_until
from tests.browser.test_quiz import an, line  # noqa: F401  # fixtures

pytestmark = pytest.mark.browser

_HEARD = """() => {
  const place = document.querySelector("[data-place]");
  window.heard = [];
  new MutationObserver(() => heard.push(place.textContent)).observe(place, { childList: true });
}"""
_FOCUSED = """() => {
  const at = document.activeElement;
  return `${at.closest("[data-question], [data-end]")?.id} ${at.tagName}`;
}"""


def _open_one_by_one(an):  # noqa: F811
    if an.page.locator("form[data-view=all]").count():
        an.page.get_by_role("button", name=say("Show one question at a time")).click()


def _question(number, of):
    return say("Question {number} of {total}").replace("{number}", str(number)).replace("{total}", str(of))


def test_one_question_a_screen_tells_where_one_is_and_what_is_open(an, width):  # noqa: F811
    page, questions = an.page, an.page.locator("[data-question]")
    total = questions.count()
    assert sum(one.is_visible() for one in questions.all()) == (1 if width == "phone" else total)
    _open_one_by_one(an)
    page.evaluate(_HEARD)
    on, back = page.locator("[data-on]"), page.get_by_role("button", name=say("Previous question"))
    expect(back).to_be_hidden()
    on.click()
    on.click()
    assert page.evaluate("heard") == [_question(2, total), _question(3, total)]
    assert page.evaluate(_FOCUSED) == "question-3 H2"
    tree = page.locator("form[data-quiz]").aria_snapshot()
    told = [f"status: {_question(3, total)}", say("Not answered yet: {count}").replace("{count}", str(total))]
    order = [*told, "- group ", "heading", say("Previous question"), say("Next question")]
    places = [tree.index(part, tree.index("status")) for part in order]
    assert places == sorted(places), tree
    back.click()
    assert page.evaluate(_FOCUSED) == "question-2 H2"
    page.reload()  # where one was
    expect(page.locator("#question-2")).to_be_visible()
    page.locator(".quiz-overview summary").click()
    fourth = say("Question {number}").replace("{number}", "4")
    page.get_by_role("link", name=f"{fourth}: {say('not answered yet')}").click()
    assert page.evaluate(_FOCUSED) == "question-4 H2"
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        an.check()
    page.get_by_role("button", name=say("Show all on one page")).click()
    page.reload()  # the choice is kept
    assert sum(one.is_visible() for one in questions.all()) == total


def test_what_is_unanswered_is_named_before_handing_in(an):  # noqa: F811
    page = an.page
    _open_one_by_one(an)
    answer_everything(an)
    text = first_text_field(page)
    number = text.locator("xpath=ancestor::fieldset").get_attribute("data-question")
    empty(page.locator(f"#question-{number}"))
    text.press("Enter")  # goes on, hands nothing in
    expect(page.locator(f"#question-{number}")).to_be_hidden()
    finish = bring(page, page.locator("button[name=finish]"))
    gaps = page.locator("[data-gaps]")
    expect(gaps.get_by_role("link")).to_have_text([say("Question {number}").replace("{number}", number)])
    an.check()
    gaps.get_by_role("link").click()
    assert page.evaluate(_FOCUSED) == f"question-{number} H2"
    wait_until(page, "() => document.querySelector('[data-status]').textContent.includes(':')")
    bring(page, finish)
    assert Attempt.objects.get().finished_at is None
    an.press("Hand in all the same")
    expect(page.locator("#verdict")).to_be_focused()
    an.check()
    assert [one.answer for one in Response.objects.all()].count(None) == 1


def test_the_enter_key_on_a_choice_hands_nothing_in(an):  # noqa: F811
    page = an.page
    _open_one_by_one(an)
    for kind in ("radio", "checkbox"):
        field = bring(page, page.locator(f"main input[type={kind}]")).first
        address = page.url
        assert page.locator("button[name=finish]").get_attribute("value") == "ask"
        field.press("Enter")
        expect(field).to_be_hidden()  # goes on
        assert page.url.split("#")[0] == address.split("#")[0]
    assert Attempt.objects.get().finished_at is None


def test_all_on_one_page_the_server_asks_and_the_focus_goes_to_what_it_asks(an):  # noqa: F811
    page = an.page
    if page.locator("form[data-view=single]").count():
        page.get_by_role("button", name=say("Show all on one page")).click()
    an.press("Hand in the quiz")
    expect(page.locator("#unanswered")).to_be_focused()
    link = page.locator("#unanswered").get_by_role("link").nth(2)
    link.click()
    assert page.evaluate(_FOCUSED) == "question-3 H2"
    an.check()


@pytest.mark.parametrize("width", ["phone"], indirect=True)
def test_without_script_all_stands_on_one_page_and_the_select_boxes_stay(an, browser):  # noqa: F811
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    plain.add_cookies(an.page.context.cookies())
    page = plain.new_page()
    page.goto(an.page.url)
    assert all(one.is_visible() for one in page.locator("[data-question], select").all())
    assert not any(one.is_visible() for one in page.locator("[data-moves], [data-view-switch], [data-gaps]").all())
    page.locator(".quiz-overview summary").click()
    page.locator(".quiz-overview a").nth(4).click()
    assert page.url.endswith("#question-5")
    text = page.locator("main input[type=text]").first
    text.fill("không có script")
    with page.expect_navigation():
        page.get_by_role("button", name=say("Save answers")).click()
    expect(text).to_have_value("không có script")
    plain.close()


@pytest.mark.parametrize("width", ["phone"], indirect=True)
def test_the_clock_is_quiet_until_little_is_left(an):  # noqa: F811
    page, now = an.page, timezone.now()

    def left(seconds):
        started = now - datetime.timedelta(minutes=30)
        Attempt.objects.update(started_at=started, due_at=timezone.now() + datetime.timedelta(seconds=seconds))
        page.reload()
        return page.locator("[data-countdown]")

    ends = say("Ends at %(when)s").split("%")[0].strip()
    expect(left(1200)).to_contain_text(ends)
    assert page.locator("form.is-ending").count() == 0
    expect(left(230)).to_have_text(say("About {minutes} minutes left").replace("{minutes}", "4"))
    assert page.locator("[data-countdown-spoken]").text_content() == ""
    last = left(63)
    said = say("Less than {seconds} seconds left").replace("{seconds}", "60")
    expect(page.locator("[data-countdown-spoken]")).to_have_text(said)
    expect(last).to_have_text(said)
    an.check()
