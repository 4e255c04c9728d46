"""The living page of components: the parts in each of their states, looked at by axe."""

import pytest

from interface import illustrations
from tests.browser.conftest import WIDTHS, Visitor
from tests.factories.people import add_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


def test_every_component_stands_in_both_schemes_and_widths(browser, live_server, width, scheme):
    user = add_user("quantri", "Quản Trị", is_superuser=True)
    across, down = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": across, "height": down}, locale="vi-VN", color_scheme=scheme, reduced_motion="reduce"
    )
    somebody = Visitor(context, live_server.url)
    somebody.come_back(user.username)
    somebody.open("/giao-dien/")
    drawings = len(illustrations.names()) + len(illustrations.teachers())
    assert somebody.page.locator(".gallery .illustration").count() == drawings
    context.close()
    live_server.thread.httpd.get_app().wait_until_answered()


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_what_fills_and_is_pressed_moves_shortly_and_for_who_likes_it(browser, live_server, motion, moves):
    user = add_user("quantri", "Quản Trị", is_superuser=True)
    context = browser.new_context(reduced_motion=motion, locale="vi-VN")
    somebody = Visitor(context, live_server.url)
    somebody.come_back(user.username)
    somebody.page.goto(live_server.url + "/giao-dien/")
    for place in (".seal svg", ".bar__value", ".strip__reviewed"):
        name, seconds = somebody.page.locator(place).first.evaluate(
            "one => [getComputedStyle(one).animationName, parseFloat(getComputedStyle(one).animationDuration)]"
        )
        assert (name != "none") is moves, place
        assert seconds < 0.2, place
    context.close()
    live_server.thread.httpd.get_app().wait_until_answered()
