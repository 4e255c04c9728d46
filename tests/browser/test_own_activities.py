"""Each of our own activities on a phone: from launch to evidence, by thumb and by keyboard, resumed and in two tabs."""

import pytest
from django.utils import timezone
from playwright.sync_api import Frame, Page, expect
from wagtail.models import Page as WagtailPage

from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence
from learning.tracking.models import PlayResult, PlayState
from tests.browser.conftest import PATIENCE, Visitor, ask_axe
from tests.factories import own_activities as written
from tests.factories.activities import add_activity, enrolled
from training_materials.actions import publish_activity

pytestmark = pytest.mark.browser

# What is pressed, in order, as role and name; after how many presses the tab closes; what stands there afterwards.
STEPS = {
    "check": (
        [("radio", "Giấy xác nhận"), ("button", "Kiểm tra"), ("button", "Câu tiếp theo"), ("checkbox", "Đọc sách"),
         ("checkbox", "Học trực tuyến"), ("button", "Kiểm tra"), ("button", "Xem kết quả")],
        3, "Câu 2 trên 2"),
    "cards": (
        [("button", "Lật thẻ"), ("button", "Tôi nhớ rồi"), ("button", "Lật thẻ"), ("button", "Tôi nhớ rồi")],
        2, "Đã nhớ 1 trên 2 thẻ"),
    "story": ([("button", "Lắng nghe"), ("button", "Chốt chung")], 1, "Bạn đã chọn: Lắng nghe"),
    "hotspots": ([("button", "1. Quốc hiệu"), ("button", "Dấu")], 1, "Đã mở 1 trên 2 điểm"),
}  # fmt: skip
MARKS = {"check": '"checked":{"0":[0]}', "cards": '"known":{"0":true}', "story": '"0/"', "hotspots": '"0":true'}
# What one tab presses, then another that was opened before; the mark of the first; what stands in both at the end.
TABS = {
    "check": ([("radio", "Giấy xác nhận"), ("button", "Kiểm tra")], [("radio", "Lời kể")],
              '"checked":{"0":[0]}', "Minh chứng kiểm tra được."),
    "cards": ([("button", "Lật thẻ"), ("button", "Tôi nhớ rồi")], [("button", "Lật thẻ"), ("button", "Chưa nhớ")],
              '"known":{"0":true}', "Đã nhớ 1 trên 2 thẻ"),
    "story": ([("button", "Lắng nghe"), ("button", "Chốt chung")], [("button", "Lắng nghe")],
              '"0/1/"', "Đồng thuận"),
    "hotspots": ([("button", "1. Quốc hiệu")], [("button", "Dấu")], '"0":true', "Bạn đã mở cả 2 điểm"),
}  # fmt: skip
# What is led into sight moves the page around the frame, a moment after the frame has grown: so many looks in a row.
UNMOVED = 4
# How many taps have reached the frame, wherever in it.
HEARS = "window.heard ??= (addEventListener('click', () => window.heard++, true), 0)"
# What the story says only after a choice.
HEARD = "Bạn đã chọn"
each = pytest.mark.parametrize("kind", STEPS)


@pytest.fixture
def width() -> str:
    return "phone"


@pytest.fixture
def lay(way, private_files):
    """Publishes the activity of that kind as a step of the course, with An enrolled; gives the step's address."""

    def lay_one(kind: str) -> str:
        activity = written.ALL[kind]()
        revision = written.saved(activity)
        publish_activity(activity=revision.as_object(), revision=revision, by=way.standing.binh, at=timezone.now())
        activity.refresh_from_db()
        course = WagtailPage.objects.get(pk=way.course.pk).specific
        page = add_activity(course, activity.package)
        course.save_revision().publish()
        course.refresh_from_db()
        enrolled(way.standing.an, course)
        return f"/hoc-tap/{course.slug}/{page.slug}/"

    return lay_one


@each
def test_played_by_thumb_it_becomes_evidence_though_styles_come_late(lay, visitor, kind):
    an = arrive(visitor, lay(kind), late=True)
    frame = stage(an.page)
    assert ask_axe(frame) == []
    for role, name in STEPS[kind][0]:
        press(frame, role, name)
    assert ask_axe(frame) == []
    an.check()
    wait_for_evidence(an.page)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert frame.evaluate(overflow) <= 0


@each
def test_keyboard_alone_reaches_evidence(lay, visitor, kind):
    an = arrive(visitor, lay(kind))
    frame = stage(an.page)
    for role, name in STEPS[kind][0]:
        press_by_key(an.page, frame, role, name)
    wait_for_evidence(an.page)


@each
def test_closed_midway_it_goes_on_where_it_was_on_another_device(lay, visitor, kind):
    steps, half, stands = STEPS[kind]
    address = lay(kind)
    first = arrive(visitor, address)
    for role, name in steps[:half]:
        press(stage(first.page), role, name)
    wait_for_state(first.page, MARKS[kind])
    first.page.context.close()
    second = arrive(visitor, address)
    expect(stage(second.page).locator(".lc-activity")).to_contain_text(stands)
    for role, name in steps[half:]:
        press(stage(second.page), role, name)
    wait_for_evidence(second.page)


@each
def test_two_tabs_lose_nothing_and_agree(lay, visitor, kind):
    here, there, mark, stands = TABS[kind]
    address = lay(kind)
    first = arrive(visitor, address)
    other = first.page.context.new_page()
    other.goto(first.address + address)
    stage(other)
    for role, name in here:
        press(stage(first.page), role, name)
    wait_for_state(first.page, mark)
    for role, name in there:
        # It may have carried the first tab's part to the server and shown it: then there is nothing left to press.
        shown = stage(other).locator(".lc-activity").inner_text()
        if stands not in shown and HEARD not in shown:
            press(stage(other), role, name)
    for tab in (other, first.page):
        # What a browser tells a tab that one comes back to.
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(stage(tab).locator(".lc-activity")).to_contain_text(stands)
    if kind in ("story", "hotspots"):
        wait_for_evidence(first.page)


def arrive(visitor, address: str, *, late: bool = False) -> Visitor:
    """An at the activity, in a browser of their own; ``late`` keeps each style sheet of the frame back for 300 ms."""
    an = visitor()
    if late:
        an.page.route("**/all.css", lambda route: (an.page.wait_for_timeout(300), route.continue_()))
    an.come_back("an")
    an.open(address)
    return an


def stage(page: Page) -> Frame:
    frame = page.locator("[data-package] iframe").element_handle().content_frame()
    assert frame is not None
    frame.locator(".lc-activity").wait_for()
    return frame


def press(frame: Frame, role, name: str) -> None:
    """As a person does, who taps what has come to rest: the frame as high as its content, the page around unmoved."""
    target = frame.get_by_role(role, name=name, exact=role == "button").first
    fits = "Math.abs(document.body.getBoundingClientRect().height - innerHeight) <= 1"
    places: list[object] = []

    def is_at_rest() -> bool:
        places.append(target.bounding_box() if frame.evaluate(fits) else None)
        return places[-1] is not None and places[-UNMOVED:].count(places[-1]) == UNMOVED

    _wait(frame.page, is_at_rest, 100)
    heard = frame.evaluate(HEARS)
    target.click()
    if not _is(frame.page, lambda: frame.evaluate(HEARS) > heard, 100, 2_000):
        # The browser sent it to where the frame had been drawn last: a person, too, taps again what took no notice.
        target.click()


def press_by_key(page: Page, frame: Frame, role, name: str) -> None:
    target = frame.get_by_role(role, name=name, exact=role == "button").first
    target.wait_for()
    for key in ["Tab"] * 60 + ["Shift+Tab"] * 60:
        if target.evaluate("node => node === document.activeElement"):
            page.keyboard.press("Space")
            return
        page.keyboard.press(key)
    raise AssertionError(f"The keyboard does not reach {name}.")


def wait_for_evidence(page: Page) -> None:
    """Until the server has judged the result, recomputed, and written the evidence."""
    _wait(page, lambda: Evidence.objects.filter(kind=Kind.ACTIVITY_COMPLETED).exists())
    result = PlayResult.objects.last()
    assert result is not None
    assert (result.verdict, result.score) == ("verified", result.maximum), result.reason


def wait_for_state(page: Page, mark: str) -> None:
    _wait(page, lambda: PlayState.objects.filter(value__contains=mark).exists())


def _wait(page: Page, is_there, pause: int = 250) -> None:
    assert _is(page, is_there, pause, PATIENCE), "It did not come about."


def _is(page: Page, is_there, pause: int, longest: int) -> bool:
    """Whether it comes about within ``longest`` ms, looked for every ``pause`` ms."""
    for _turn in range(longest // pause):
        if is_there():
            return True
        page.wait_for_timeout(pause)
    return False
