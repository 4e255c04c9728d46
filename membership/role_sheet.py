"""A table of roles: how its headings and cells are read, and the template to fill in. Pure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from intake.tables import Layout, Row, day_of_cell, rows
from interface.sheets import Sheet
from interface.vietnamese import fold
from membership.models import Role
from membership.policy import STAFF_ROLES

HEADINGS = ("Mã người học", "Họ và tên", "Mã đơn vị", "Vai trò", "Từ ngày", "Thôi từ ngày")
# Those of the list of roles too: what was exported there can be brought in.
_SPELLINGS = {
    "person": ("ma nguoi hoc", "ma ca nhan", "ma", "code"),
    "name": ("ho va ten", "ho ten", "person", "full name"),
    "unit": ("ma don vi", "unit code"),
    "role": ("vai tro", "role"),
    "from": ("tu ngay", "from day"),
    "until": ("thoi tu ngay", "den truoc ngay", "until day"),
}
_EXAMPLES = (
    ("HNPR2345", "Lê Thị Hòa", "20242-HKH", "Cán bộ Hội Khuyến học xã, phường", "01/12/2026", ""),
    ("K7MW4P2X", "Trần Văn Ba", "20242-CH1", "Cán bộ chi hội", "", "01/12/2026"),
)

_BY_LEVEL = {
    "can bo cap tinh": Role.PROVINCE_OFFICER,
    "can bo hoi khuyen hoc thanh pho": Role.PROVINCE_OFFICER,  # as lists had it that were taken away before
    "can bo cap xa": Role.COMMUNE_OFFICER,
}


@dataclass(frozen=True)
class Entry:
    """What one row says; empty or None where it says nothing that can be read."""

    line: int
    person: str
    name: str
    unit: str
    role: Role | None
    starts: datetime.date | None
    ends: datetime.date | None
    problems: tuple[str, ...]


def entries(content: bytes) -> Iterator[Entry]:
    """Raises UnreadableError."""
    headings = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}
    missing = _("There is no row of headings with “Mã người học”, “Mã đơn vị” and “Vai trò”. Use the template.")
    layout = Layout(headings, {"person", "unit", "role"}.issubset, missing)
    return (_entry(row) for row in rows(content, layout))


def template() -> list[Sheet]:
    guide = (
        ("Mã người học", "Tám chữ và số; có ở danh sách người và trên trang tài khoản của người ấy."),
        ("Họ và tên", "Không bắt buộc; có ghi thì phải đúng với mã, để khỏi giao nhầm người."),
        ("Mã đơn vị", "Có ở danh sách đơn vị."),
        ("Vai trò", f"{_roles_told()}."),
        ("Từ ngày", "Ngày đầu tiên giữ vai trò; để trống là hôm nay."),
        (
            "Thôi từ ngày",
            "Ngày đầu tiên không còn giữ; để trống là chưa thôi. Vai trò đang giữ thì kết thúc từ ngày ấy.",
        ),
    )
    return [
        Sheet("Vai trò", (), HEADINGS, ()),
        Sheet("Ví dụ", (), HEADINGS, _EXAMPLES),
        Sheet("Hướng dẫn", (), ("Cột", "Cách ghi"), guide),
    ]


def _entry(row: Row) -> Entry:
    person, name, unit, said = map(row.text, ("person", "name", "unit", "role"))
    days = {column: day_of_cell(row.cells.get(column)) for column in ("from", "until")}
    role = _roles().get(fold(said))
    problems = []
    if not person:
        problems.append(_("The person's code is missing."))
    if role is None:
        told = {"text": said, "roles": _roles_told()}
        problems.append(_("“%(text)s” is no role that a list can give. There are: %(roles)s.") % told)
    for column, day in days.items():
        if day is None and (text := row.text(column)):
            problems.append(_("“%(text)s” is no day. Write it like 01/07/2025.") % {"text": text})
    if days["from"] and days["until"] and days["until"] <= days["from"]:
        problems.append(_("A role cannot end before it began."))
    return Entry(row.line, person.upper(), name, unit, role, days["from"], days["until"], tuple(problems))


def _roles_told() -> str:
    """As the template has them, whatever the page speaks."""
    with override("vi"):
        return "; ".join(str(role.label) for role in Role if role in STAFF_ROLES)


def _roles() -> dict[str, Role]:
    """As they are called on pages, in either language, and by the level."""
    spelled = dict(_BY_LEVEL)
    for language in ("vi", "en"):
        with override(language):
            spelled |= {fold(str(role.label)): role for role in STAFF_ROLES}
    return spelled
