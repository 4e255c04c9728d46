"""What an officer types into a date of the back office is what is saved, whatever the calendar beside it thinks."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from membership.models import Membership
from tests.browser.conftest import Visitor
from tests.factories.way import Way

pytestmark = pytest.mark.browser

LAST = datetime.date(2099, 12, 1)


@pytest.mark.parametrize("typed", ["01/12/2099", "2099-12-01"])
@pytest.mark.parametrize("runs_scripts", [True, False], ids=["script", "no-script"])
def test_the_day_that_was_typed_is_the_day_on_which_the_role_ends(
    way: Way, browser: Browser, live_server, runs_scripts, typed
):
    role = Membership.objects.get(person=way.standing.an.person)
    context = browser.new_context(java_script_enabled=runs_scripts, locale="en-US")
    giang = Visitor(context, live_server.url)
    giang.come_back("giang")
    giang.page.goto(live_server.url + reverse("roles:edit", args=[role.pk]))
    day = giang.page.locator("input[name=valid_to]")
    day.fill(typed)
    day.press("Tab")
    giang.page.locator("form:has(input[name=valid_to]) button[type=submit]").last.click()
    giang.page.wait_for_load_state()
    role.refresh_from_db()
    assert role.valid_to == LAST
    context.close()
