"""A province moves in: from an empty production database to the first title, through the pages that people use."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from membership.actions import find_doubles, set_totp_secret
from membership.models import Person, Unit, UnitKind, User
from tests.browser.conftest import PASSWORD, SECRET, Visitor, say
from tests.browser.judging import assess_oneself, recognise, review

pytestmark = pytest.mark.browser

CHAPTERS, PEOPLE = 4, 500
FAMILIES = ["Lê", "Ngô", "Đỗ", "Hồ", "Võ"]
MIDDLES = ["Văn", "Thị", "Minh", "Ngọc", "Hữu"]
NAMES = ["An", "Bảo", "Cường", "Dung", "Giang"]
OFFICES = {
    "chi": ("Cán bộ chi hội", "chapter"),
    "dung": ("Cán bộ Hội Khuyến học xã, phường", "association"),
    "lan": ("Người ký công nhận", "commune"),
}


@pytest.mark.slow(reason="One walk: each part stands on what the one before it has left.")
@pytest.mark.parametrize("width", ["desktop"], indirect=True)
def test_a_province_moves_in(transactional_db, visitor):
    with transaction.atomic():
        call_command("load_reference", "Đà Nẵng", stdout=io.StringIO())
        admin = User.objects.create_superuser("quan-tri", "quan-tri@example.vn", PASSWORD)
        set_totp_secret(user=admin, secret=SECRET, by=admin, at=timezone.now())
    administrator = visitor()
    administrator.come_back("quan-tri")
    units = _set_up(administrator)
    _bring_in(administrator, "roster:upload", _roster(), unit=units["association"].name)
    assert Person.objects.count() == PEOPLE + 1
    _merge(administrator)
    _bring_in(administrator, "role_list:upload", _offices(units))
    _give_accounts()
    hoa, code = Person.objects.get(full_name="Trần Thị Hòa"), ""
    chi = _officer(visitor, "chi")
    code = _print_for(chi, hoa.code)
    phone = visitor("phone")
    _activate(phone, code)
    assess_oneself(phone)
    review(chi)
    review(_officer(visitor, "dung"))
    title = recognise(_officer(visitor, "lan"))
    phone.open(f"/xac-minh/{title.code}/")
    assert "Trần Thị Hòa" in phone.text()


def _set_up(administrator: Visitor) -> dict[str, Unit]:
    """Who we are and the units, from the guide; gives those of the first commune."""
    page = administrator.page
    administrator.open(reverse("beginning:guide"))
    administrator.press("Who we are", role="link")
    page.locator("[name=name]").fill("Hội Khuyến học thành phố Đà Nẵng")
    page.locator("[name=phone]").fill("0236 123 456")
    page.locator("[name=email]").fill("hoi@example.vn")
    administrator.press("Save")
    administrator.shoot("province-guide")
    commune = Unit.objects.filter(kind=UnitKind.COMMUNE).order_by("path")[0]
    association = commune.get_children().get(kind=UnitKind.ASSOCIATION)
    rows = [f"CH{number};Chi hội khối phố {number};Chi hội;{association.code};" for number in range(1, CHAPTERS + 1)]
    _bring_in(administrator, "unit_file:upload", ["Mã;Tên;Loại;Mã đơn vị trên;Từ ngày", *rows])
    return {"commune": commune, "association": association, "chapter": Unit.objects.get(code="CH1")}


def _bring_in(officer: Visitor, address: str, rows: list[str], **chosen: str) -> None:
    """A file through its dry run."""
    officer.open(reverse(address))
    for name, value in chosen.items():
        officer.page.locator(f"[name={name}]").fill(value)
    content = "\n".join(rows).encode()
    officer.page.locator("[name=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    officer.press("Read the file")
    officer.shoot(f"province-{address.partition(':')[0]}")
    officer.follow(officer.page.locator("button[name=way][value=apply]"))
    assert say("The import is done. This is what became of each line of the file.") in officer.text()


def _roster() -> list[str]:
    """Names of the kind that a commune has, one person twice, and those who will hold an office."""
    rows = ["Họ và tên;Ngày sinh;Mã đơn vị", "Trần Thị Hòa;05/06/1962;CH1", "Trần Hòa;05/06/1962;CH2"]
    rows += [f"Nguyễn Công {username.title()};01/0{month}/1970;CH1" for month, username in enumerate(OFFICES, start=1)]
    for number in range(PEOPLE + 2 - len(rows)):
        name = f"{FAMILIES[number % 5]} {MIDDLES[number // 5 % 5]} {NAMES[number // 25 % 5]}"
        rows.append(
            f"{name};{number % 28 + 1:02d}/{number % 12 + 1:02d}/{1950 + number % 47};CH{number % CHAPTERS + 1}"
        )
    return rows


def _merge(officer: Visitor) -> None:
    """What the night has found to be one person."""
    find_doubles(at=timezone.now())
    officer.open(reverse("doubles:index"))
    officer.follow(officer.page.get_by_role("link", name=re.compile("Trần (Thị )?Hòa")).first)
    officer.shoot("province-doubles")
    officer.page.locator("[name=decision]").first.check()
    officer.follow(officer.page.locator("#w-editor-form button[type=submit]"))
    assert Person.objects.exclude(merged_into=None).count() == 1


def _offices(units: dict[str, Unit]) -> list[str]:
    rows = ["Mã người học;Mã đơn vị;Vai trò"]
    for username, (role, place) in OFFICES.items():
        rows.append(f"{_person(username).code};{units[place].code};{role}")
    return rows


def _give_accounts() -> None:
    """To officers, with their second factor: as if they had used their slips on another day."""
    with transaction.atomic():
        for username in OFFICES:
            user = User.objects.create_user(username, f"{username}@example.vn", PASSWORD, person=_person(username))
            set_totp_secret(user=user, secret=SECRET, by=user, at=timezone.now())


def _person(username: str) -> Person:
    return Person.objects.get(full_name=f"Nguyễn Công {username.title()}")


def _officer(visitor, username: str) -> Visitor:
    officer = visitor()
    officer.come_back(username)
    return officer


def _print_for(officer: Visitor, person_code: str) -> str:
    officer.open(f"/phieu-dang-nhap/?q={person_code}")
    officer.page.locator("tbody input[type=checkbox]").first.check()
    with officer.page.expect_download() as coming:
        officer.page.locator("#chosen button[value=print]").click()
    text = PdfReader(io.BytesIO(coming.value.path().read_bytes())).pages[0].extract_text()
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)[0]


def _activate(phone: Visitor, code: str) -> None:
    """Without an e-mail address; afterwards the code of the person signs in."""
    phone.open(f"/tai-khoan/phieu/#{code}")
    assert phone.page.locator("[data-slip-code]").input_value() == code
    assert "#" not in phone.page.url
    phone.page.locator("[data-slip-year]").fill("1962")
    phone.shoot("province-slip")
    phone.press("Continue")
    phone.page.locator("input[type=password]").fill(PASSWORD)
    phone.press("Save and sign in")
    phone.page.locator("[name^=text-service]").check()
    phone.press("Agree and continue")
    assert "Trần Thị Hòa" in phone.text()
    phone.page.context.clear_cookies()
    phone.open("/tai-khoan/login/")
    phone.page.locator("[name=login]").fill(Person.objects.get(full_name="Trần Thị Hòa").code.lower())
    phone.page.locator("[name=password]").fill(PASSWORD)
    phone.press("Sign in")
    assert phone.page.url.endswith("/hoc-tap/")
