"""From a printed slip to a signed-in phone, without an e-mail address."""

import io
import re

import pytest
from django.db import transaction
from pypdf import PdfReader

from membership.models import Membership, Role
from tests.browser.conftest import PASSWORD, Visitor
from tests.factories.people import START, PersonFactory
from tests.factories.way import Way

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["phone"], indirect=True)
def test_a_slip_opens_an_account_on_a_phone(way: Way, visitor):
    with transaction.atomic():
        hoa = PersonFactory(full_name="Lê Thị Hòa", birth_year=1962, code="HNPR2345")
        Membership.objects.create(person=hoa, unit=way.standing.chapter, role=Role.MEMBER, valid_from=START)
    code = _print_for(visitor(), "HNPR2345")
    phone = visitor()
    phone.open(f"/tai-khoan/phieu/#{code}")
    assert phone.page.locator("[data-slip-code]").input_value() == code
    assert "#" not in phone.page.url
    phone.page.locator("[data-slip-year]").fill("1962")
    phone.press("Continue")
    phone.page.locator("input[type=password]").fill(PASSWORD)
    phone.press("Save and sign in")
    phone.page.locator("[name=service]").check()
    phone.press("Agree and continue")
    assert "Lê Thị Hòa" in phone.text()
    later = visitor()
    later.open("/tai-khoan/login/")
    later.page.locator("[name=login]").fill("hnpr 2345")
    later.page.locator("[name=password]").fill(PASSWORD)
    later.press("Sign in")
    assert later.page.url.endswith("/hoc-tap/")


def _print_for(officer: Visitor, person_code: str) -> str:
    officer.come_back("chi")
    officer.open(f"/phieu-dang-nhap/?q={person_code}")
    officer.page.locator("tbody input[type=checkbox]").first.check()
    with officer.page.expect_download() as coming:
        officer.page.locator("#chosen button[value=print]").click()
    text = PdfReader(io.BytesIO(coming.value.path().read_bytes())).pages[0].extract_text()
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)[0]
