"""From a slip to a passkey, and in again by it alone, with a phone that Chromium plays."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import timezone

from membership.actions import print_slip
from membership.models import Membership, Role
from tests.browser.conftest import say
from tests.factories.people import START, PersonFactory

CODE = "K7MN-3HPC-XA4T"
REFUSED = "No passkey was opened. Try again, or go on with your password."
_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = pytest.mark.browser


@pytest.fixture
def hoa(way):
    with transaction.atomic():
        person = PersonFactory(full_name="Lê Thị Hòa", birth_year=1962, code="ABCD2345")
        chi = way.standing.chi
        unit = way.standing.chapter
        Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
        print_slip(person=person, code=CODE, by=chi, at=timezone.now())
    return person


@contextmanager
def finger_that_is(right, session, phone):
    """Whether the finger on the phone is its owner's."""
    session.send("WebAuthn.setUserVerified", {"authenticatorId": phone, "isUserVerified": right})
    yield
    session.send("WebAuthn.setUserVerified", {"authenticatorId": phone, "isUserVerified": True})


@pytest.mark.parametrize("width", ["phone"], indirect=True)
def test_who_came_by_a_slip_comes_again_by_finger(hoa, visitor):
    own = visitor()
    session = own.page.context.new_cdp_session(own.page)
    session.send("WebAuthn.enable")
    phone = session.send("WebAuthn.addVirtualAuthenticator", {"options": _PHONE})["authenticatorId"]

    own.open(f"/tai-khoan/phieu/#{CODE}")
    own.page.locator("[data-slip-year]").fill("1962")
    own.follow(own.page.locator("main form button[type=submit]").first)
    own.page.locator("input[name=password1]").fill("bốn từ không liền")
    own.follow(own.page.locator("main form button[type=submit]").first)
    own.page.locator("input[name^=text-service-]").check()
    own.press("Agree and continue")
    own.page.get_by_role("link", name=say("Add a passkey")).scroll_into_view_if_needed()
    own.shoot("province-passkey")
    own.press("Add a passkey", role="link")
    own.press("Make the passkey")
    assert "/tai-khoan/chao-mung/" in own.page.url

    own.page.context.clear_cookies()
    own.open("/tai-khoan/login/")
    with finger_that_is(False, session, phone):
        own.page.get_by_role("button", name=say("Sign in with a passkey")).click()
        own.page.get_by_text(say(REFUSED)).wait_for()
    own.check()
    own.press("Sign in with a passkey")
    own.open("/tai-khoan/")
    assert "Lê Thị Hòa" in own.text()
