"""Notes, marks and one's place at a lesson, and the days learnt: by keyboard too, without network, without script."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from learning.tracking.actions import own
from learning.tracking.models import Note, StepProgress, WeeklyGoal
from tests.browser.conftest import say, wait_until
from tests.factories.pages import text_block
from tests.factories.way import open_course

pytestmark = pytest.mark.browser

WORDS = "Ghép bốn từ không liên quan."
_LONG = [text_block("Đọc chậm rãi từng câu một. " * 60)] * 3
_BODY = [("heading", "Vì sao"), *_LONG, ("heading", "Làm thế nào"), text_block(WORDS), *_LONG]
_ADD = """([words, more]) => [...document.querySelectorAll(".reading p")]
  .find((one) => one.textContent.includes(words)).insertAdjacentHTML("beforeend", more)"""
_SELECT = """words => {
  const found = [...document.querySelectorAll(".reading p")].find((one) => one.textContent.includes(words));
  const range = new Range();
  range.selectNodeContents(found);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
# A page learns that it was scrolled when it is drawn next.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_LIT = "() => [...(CSS.highlights.get('own-marks') ?? [])].map(String).join('|')"


@pytest.fixture
def an(way, an_on_line):
    """An, enrolled, before a long lesson."""
    open_course(way, way.standing.an)
    lesson = way.lessons[0]
    lesson.body = _BODY
    lesson.save_revision().publish()
    an_on_line.open(f"/hoc-tap/{way.course.slug}/{lesson.slug}/")
    return an_on_line


def keep(page):
    page.locator("#new-note [type=submit]").click()


def test_words_are_marked_and_found_again(an):
    page = an.page
    page.evaluate(_SELECT, WORDS)
    bar = page.locator("[data-mark]")
    expect(bar).to_be_visible()
    an.check()
    bar.get_by_role("button", name=say("Mark"), exact=True).click()
    expect(page.locator("[data-status]")).to_contain_text(say("Kept with this lesson. Only you see it."))
    expect(page.locator(".note")).to_have_count(1)
    assert page.evaluate(_LIT) == WORDS
    note = Note.objects.get()
    assert (note.passage, note.part_title, note.text) == (WORDS, "Làm thế nào", "")

    page.evaluate(_SELECT, WORDS)
    bar.get_by_role("button", name=say("Write a note")).click()
    expect(page.locator("#new-note textarea")).to_be_focused()
    page.keyboard.type("Tối nay làm")
    keep(page)
    expect(page.locator(".note")).to_have_count(2)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        an.check()
    an.open("/hoc-tap/ghi-chu/")
    an.follow(page.locator(".note__place a").first)
    assert "#lam-the-nao:~:text=" in page.url
    expect(page.get_by_role("heading", name="Làm thế nào")).to_be_in_viewport()


def test_light_stands_right_behind_picture_letters_and_to_the_very_end(an):
    page = an.page
    page.evaluate("words => (document.querySelector('.reading').innerHTML = `<p>🙂🙂🙂</p><p>${words}</p>`)", WORDS)
    page.evaluate(_SELECT, WORDS)
    page.locator("[data-mark]").get_by_role("button", name=say("Mark"), exact=True).click()
    expect(page.locator(".note")).to_have_count(1)
    wait_until(page, f"() => ({_LIT})() === '{WORDS}'")


def test_words_across_what_is_folded_away_are_not_offered(an):
    page, bar = an.page, an.page.locator("[data-mark]")
    page.evaluate(_SELECT, WORDS)
    expect(bar).to_be_visible()
    page.evaluate(_ADD, [WORDS, "<span hidden>Chữ gấp lại</span>"])
    page.evaluate(_SELECT, WORDS)
    expect(bar).to_be_hidden()


def test_a_passage_is_taken_off_the_new_note_again(an):
    page = an.page
    page.evaluate(_SELECT, WORDS)
    page.locator("[data-mark]").get_by_role("button", name=say("Write a note")).click()
    an.check()
    page.get_by_role("button", name=say("Take the passage off")).click()
    expect(page.locator("#new-note [data-quote]")).to_be_hidden()
    page.keyboard.type("Không trích")
    keep(page)
    expect(page.locator(".note")).to_have_count(1)
    assert Note.objects.get().passage == ""


def test_a_mark_that_is_refused_says_why_and_can_be_pressed_again(an, monkeypatch):
    monkeypatch.setattr(own, "MOST_NOTES_OF_A_STEP", 0)
    page, bar = an.page, an.page.locator("[data-mark]")
    page.evaluate(_SELECT, WORDS)
    bar.get_by_role("button", name=say("Mark"), exact=True).click()
    expect(page.locator("[data-status]")).to_contain_text("nhiều nhất 0 ghi chú")
    expect(bar).to_be_visible()


def test_what_is_typed_on_while_it_is_kept_stays(an):
    page, waiting = an.page, []
    page.route("**/ghi-chu/**", lambda route: waiting.append(route))
    text = page.locator("#new-note textarea")
    text.fill("một")
    with page.expect_request("**/ghi-chu/**"):
        keep(page)
    text.press("End")
    page.keyboard.type(" hai")
    waiting[0].continue_()
    expect(page.locator(".note")).to_have_count(1)
    expect(text).to_have_value("hai")
    assert Note.objects.get().text == "một"


def test_by_keyboard_a_part_is_marked_and_a_note_worded_anew_and_deleted(an):
    page = an.page
    page.locator("#new-note select").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("một")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_have_count(1)
    assert Note.objects.get().part_title == "Vì sao"
    page.locator(".note summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.keyboard.type(" hai")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=say("My notes and marks"))).to_be_focused()
    assert Note.objects.get().text == "một hai"
    an.check()
    page.locator(".note summary").click()
    page.get_by_role("button", name=say("Delete")).click()
    expect(page.locator("[data-status]")).to_contain_text(say("The note is gone."))
    assert not Note.objects.exists()


def test_what_was_typed_stays_without_network_and_after_the_session(an, line):
    page, status = an.page, an.page.locator("[data-status]")
    text = page.locator("#new-note textarea")
    text.fill("Không được mất")
    line.cut()
    keep(page)
    expect(status).to_contain_text("mất mạng")
    expect(text).to_have_value("Không được mất")
    line.restore()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    keep(page)
    expect(status).to_contain_text("bị đăng xuất")
    expect(text).to_have_value("Không được mất")
    assert not Note.objects.exists()
    an.come_back("an")  # in another tab
    keep(page)
    expect(status).to_contain_text(say("Kept with this lesson. Only you see it."))
    expect(text).to_have_value("")
    assert Note.objects.get().text == "Không được mất"


def test_a_long_lesson_offers_the_part_where_one_left_off(an):
    page, address = an.page, an.page.url
    page.get_by_role("heading", name="Làm thế nào").scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    wait_until(page, "() => document.getElementById('lam-the-nao').getBoundingClientRect().top < innerHeight / 2")
    page.evaluate(_DRAWN)
    page.goto(f"{an.address}/hoc-tap/")
    for _turn in range(100):
        if StepProgress.objects.filter(part="lam-the-nao").exists():
            break
        page.wait_for_timeout(100)
    an.open(address.removeprefix(an.address))
    page.locator(".left-at a").click()
    expect(page.get_by_role("heading", name="Làm thế nào")).to_be_in_viewport()


def test_the_days_learnt_are_switched_on_and_off_by_keyboard(an):
    page = an.page
    an.open("/hoc-tap/")
    page.locator("#id_days").focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert WeeklyGoal.objects.get().days == 2
    tree = page.locator("#ngay-hoc").aria_snapshot()
    assert f": {say('learnt')}" in tree
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        an.check()
    an.press("Switch off")
    assert not WeeklyGoal.objects.exists()


@pytest.mark.parametrize("width", ["phone"], indirect=True)
def test_without_script_the_form_keeps_a_note(an, browser):
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    plain.add_cookies(an.page.context.cookies())
    page = plain.new_page()
    page.goto(an.page.url)
    page.locator("#new-note textarea").fill("Không có mã lệnh")
    keep(page)
    expect(page.locator(".note")).to_contain_text("Không có mã lệnh")
    plain.close()
