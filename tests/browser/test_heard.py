"""Signing in, signing up and a lesson as a screen reader tells them: names, order, live parts, where the focus is."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from membership.totp import code_at
from tests.browser.conftest import PASSWORD, SECRET, Visitor, say
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


def test_signing_in_is_heard_through_both_screens(way: Way, visitor):
    dung = visitor()
    dung.open("/tai-khoan/login/?next=/danh-gia/")
    assert dung.page.title().startswith(say("Sign in"))
    dung.page.keyboard.press("Tab")
    expect(dung.page.get_by_role("link", name=say("Skip to content"))).to_be_focused()
    asked = [
        f'textbox "{say("Personal code, phone or e-mail address")}"',
        f'textbox "{say("Password")}"',
        f'button "{say("Show password")}"',
    ]
    _heard_in_order(dung, f'heading "{say("Sign in")}" [level=1]', *asked, f'button "{say("Sign in")}"')
    name, password = dung.page.locator("input[name=login]"), dung.page.locator("input[name=password]")
    name.fill("dung")
    password.fill("sai")
    with dung.page.expect_navigation():
        dung.page.keyboard.press("Enter")
    dung.check()
    assert dung.page.evaluate(_FOCUS) == "error-summary"
    _heard_in_order(dung, "- alert", say("Something needs correcting"), "- listitem", *asked)
    expect(name).to_have_value("dung")
    password.fill(PASSWORD)
    with dung.page.expect_navigation():
        dung.page.keyboard.press("Enter")
    dung.check()
    expect(dung.page.locator("h1")).to_be_visible()
    code = dung.page.locator("input[name=code]")
    _heard_in_order(dung, "[level=1]", "textbox", "button")
    assert code.get_attribute("autocomplete") == "one-time-code"
    code.fill("000000")
    dung.follow(dung.page.locator("main form button[type=submit]").first)
    assert dung.page.evaluate(_FOCUS) == "error-summary"
    code.fill(code_at(SECRET, timezone.now()))
    dung.follow(dung.page.locator("main form button[type=submit]").first)
    assert "/tai-khoan/login" not in dung.page.url


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
