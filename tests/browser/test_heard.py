"""Signing up and a lesson as a screen reader tells them: names, order, live parts, where the focus is."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, say
from tests.factories.way import Way, open_course
from tests.flows.walking import every_block

pytestmark = pytest.mark.browser
_FOCUS = "document.activeElement.id || document.activeElement.tagName"


@pytest.fixture(params=["phone"])
def width(request):
    """What is heard is the same on each."""
    return request.param


def _heard_in_order(visitor: Visitor, *told: str, within: str = "main") -> str:
    """Each of these is told of the page, in this order."""
    tree, at = visitor.page.locator(within).first.aria_snapshot(), 0
    for part in told:
        assert part in tree[at:], f"{part} is not told there:\n{tree}"
        at = tree.index(part, at) + len(part)
    return tree


def test_signing_up_is_heard_a_screen_at_a_time(way: Way, visitor):
    somebody = visitor()
    somebody.open("/tai-khoan/signup/")
    button = say("Continue")
    page = somebody.page
    _heard_in_order(somebody, "1", f'heading "{say("Sign up")}" [level=1]', say("Full name"), say("Birth year"), button)
    page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
    somebody.press("Continue")
    assert page.evaluate(_FOCUS) == "error-summary"
    _heard_in_order(somebody, "- alert", say("Something needs correcting"), f'link "{say("Full name")}: ', "textbox")
    link = page.locator("#error-summary a").first
    link.click()
    expect(page.locator("input[name=full_name]")).to_be_focused()
    assert page.locator("input[name=full_name]").get_attribute("aria-invalid") == "true"
    page.locator("input[name=full_name]").fill("Nguyễn Thị Mới")
    somebody.press("Continue")
    assert "2" in page.title()
    commune = f'combobox "{say("Commune or ward where you live")}"'
    _heard_in_order(somebody, "[level=1]", commune, f'checkbox "{say("I am 16 or older")}"', button, say("Back"))
    page.locator("select[name=commune]").select_option(str(way.standing.commune.pk))
    page.locator("input[name=is_old_enough]").check()
    somebody.press("Continue")
    assert "3" in page.title()
    password = page.locator("input[name=password1]")
    assert password.get_attribute("autocomplete") == "new-password"
    page.locator("input[name=email]").fill("moi@example.vn")
    password.fill("123")
    somebody.press("Sign up")
    assert page.evaluate(_FOCUS) == "error-summary"


def test_a_lesson_is_heard_from_its_place_in_the_course_to_what_comes_next(way: Way, visitor):
    way.lessons[0].body = every_block()
    way.lessons[0].save_revision().publish()
    open_course(way, way.standing.an)
    an = visitor()
    an.come_back("an")
    an.open(f"/hoc-tap/{way.course.slug}/{way.lessons[0].slug}/")
    page = an.page
    lesson = [f'heading "{way.lessons[0].title}" [level=1]', 'heading "Đề mục" [level=2]', 'img "Mô tả"']
    check = [f'region "{say("Check yourself")}: Đâu đúng?"', 'group "Đâu đúng?"', 'radio "Đây"']
    onward = [say("Done: on to the next step"), say("Steps before and after")]
    _heard_in_order(an, say("Outline of the course"), *lesson, *check, *onward)
    region = page.get_by_role("region", name=f"{say('Check yourself')}: Đâu đúng?")
    region.get_by_role("radio", name="Kia").check()
    expect(region.get_by_role("status")).to_have_text(say("Not quite. Have another look."))
    region.get_by_role("radio", name="Đây").check()
    expect(region.get_by_role("status")).to_have_text(say("That is right."))
    an.check()
    an.press("Done: on to the next step")
    _heard_in_order(an, f'heading "{way.lessons[1].title}" [level=1]', say("Steps before and after"))
    assert page.title().startswith(way.lessons[1].title)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=say("Skip to content"))).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate(_FOCUS) == "main"
