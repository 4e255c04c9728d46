"""What a province brings along when it moves in, and how its people come to their accounts: by slips, through pages."""

import datetime
import io
import re

from django.utils import timezone
from pypdf import PdfReader

from membership.models import Person, Unit
from membership.totp import code_at
from tests.browser.conftest import PASSWORD, Visitor, say

CHAPTERS, PEOPLE = 4, 500
FAMILIES = ["Lê", "Ngô", "Đỗ", "Hồ", "Võ"]
MIDDLES = ["Văn", "Thị", "Minh", "Ngọc", "Hữu"]
NAMES = ["An", "Bảo", "Cường", "Dung", "Giang"]
# One woman twice, and two cousins of one name, born a month apart.
DOUBLES = ["Trần Thị Hòa;05/06/1962;CH1", "Trần Hòa;05/06/1962;CH2"]
COUSINS = ["Phạm Quốc Lộc;11/03/1971;CH3", "Phạm Quốc Lộc;11/04/1971;CH4"]
OFFICERS = {
    "Chi": ("Cán bộ chi hội", "chapter"),
    "Dung": ("Cán bộ Hội Khuyến học xã, phường", "association"),
    "Lan": ("Người ký công nhận", "commune"),
}
_SLIP = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def units_file(association: Unit) -> list[str]:
    rows = [f"CH{number};Chi hội khối phố {number};Chi hội;{association.code};" for number in range(1, CHAPTERS + 1)]
    return ["Mã;Tên;Loại;Mã đơn vị trên;Từ ngày", *rows]


def roster() -> list[str]:
    """Names of the kind that a commune has, those who may be one person, and those who will hold an office."""
    rows = ["Họ và tên;Ngày sinh;Mã đơn vị", *DOUBLES, *COUSINS]
    rows += [f"Nguyễn Công {name};01/0{month}/1970;CH1" for month, name in enumerate(OFFICERS, start=1)]
    for number in range(PEOPLE + 1 - len(rows)):
        name = f"{FAMILIES[number % 5]} {MIDDLES[number // 5 % 5]} {NAMES[number // 25 % 5]}"
        rows.append(
            f"{name};{number % 28 + 1:02d}/{number % 12 + 1:02d}/{1950 + number % 47};CH{number % CHAPTERS + 1}"
        )
    return rows


def offices(units: dict[str, Unit]) -> list[str]:
    rows = [f"{of(name).code};{units[place].code};{role}" for name, (role, place) in OFFICERS.items()]
    return ["Mã người học;Mã đơn vị;Vai trò", *rows]


def of(name: str) -> Person:
    return Person.objects.get(full_name=f"Nguyễn Công {name}")


def read_file(officer: Visitor, address: str, file: str, rows: list[str], **chosen: str) -> None:
    """To its dry run; ``carry_out`` goes on from there."""
    officer.open(address)
    for name, value in chosen.items():
        officer.page.locator(f"[name={name}]").fill(value)
    content = "\n".join(rows).encode()
    officer.page.locator("[name=file]").set_input_files({"name": file, "mimeType": "text/csv", "buffer": content})
    officer.press("Read the file")


def carry_out(officer: Visitor) -> None:
    officer.follow(officer.page.locator("button[name=way][value=apply]"))
    assert say("The import is done. This is what became of each line of the file.") in officer.text()


def print_slips(officer: Visitor, asked: str) -> list[str]:
    """The codes of those whom the search for that finds, in the order of the paper."""
    officer.open(f"/phieu-dang-nhap/?q={asked}")
    for box in officer.page.locator("tbody input[type=checkbox]").all():
        box.check()
    with officer.page.expect_download() as coming:
        officer.page.locator("#chosen button[value=print]").click()
    pages = PdfReader(io.BytesIO(coming.value.path().read_bytes())).pages
    return _SLIP.findall("\n".join(page.extract_text() for page in pages))


def open_account(somebody: Visitor, code: str, born: int) -> None:
    """Without an e-mail address; an officer's phone shows the codes of a second factor from then on."""
    somebody.open(f"/tai-khoan/phieu/#{code}")
    assert somebody.page.locator("[data-slip-code]").input_value() == code
    assert "#" not in somebody.page.url
    somebody.page.locator("[data-slip-year]").fill(str(born))
    somebody.shoot("province-slip")
    somebody.press("Continue")
    somebody.page.locator("input[type=password]").fill(PASSWORD)
    somebody.press("Save and sign in")
    set_up_second_factor(somebody)
    somebody.page.locator("[name^=text-service]").check()
    somebody.press("Agree and continue")


def set_up_second_factor(somebody: Visitor) -> None:
    """Where the page asks for one."""
    if secret := somebody.page.locator("code.secret").all():
        somebody.page.locator("[name=code]").fill(code_at(secret[0].inner_text(), timezone.now()))
        somebody.press("Switch on")
        somebody.press("I have kept them, continue", role="link")


def sign_in_by_code(somebody: Visitor, person: Person) -> None:
    somebody.page.context.clear_cookies()
    somebody.open("/tai-khoan/login/")
    somebody.page.locator("[name=login]").fill(person.code.lower())
    somebody.page.locator("[name=password]").fill(PASSWORD)
    somebody.press("Sign in")


def last_of_year() -> datetime.date:
    return timezone.localdate().replace(month=12, day=31)
