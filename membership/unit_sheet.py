"""A table of units: how its headings and cells are read, and the template to fill in. Pure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.tables import Layout, Row, day_of_cell, rows
from interface.sheets import Sheet
from interface.vietnamese import fold
from membership.models import UnitKind

HEADINGS = ("Mã", "Tên", "Loại", "Mã đơn vị trên", "Từ ngày")
_SPELLINGS = {
    "code": ("ma", "ma don vi", "code"),
    "name": ("ten", "ten don vi", "name"),
    "kind": ("loai", "loai don vi", "kind"),
    "parent": ("ma don vi tren", "ma don vi cap tren", "truc thuoc", "parent code"),
    "day": ("tu ngay", "ngay thanh lap", "from day"),
}
_KINDS = {
    "hoi khuyen hoc": UnitKind.ASSOCIATION,
    "chi hoi": UnitKind.CHAPTER,
    "co quan": UnitKind.AGENCY,
    "truong hoc": UnitKind.SCHOOL,
    "truong": UnitKind.SCHOOL,
    "phong ban khoa to": UnitKind.DEPARTMENT,
    "phong ban": UnitKind.DEPARTMENT,
    "phong": UnitKind.DEPARTMENT,
    "ban": UnitKind.DEPARTMENT,
    "khoa": UnitKind.DEPARTMENT,
    "to": UnitKind.DEPARTMENT,
    "doan the": UnitKind.MASS_BODY,
    "xa": UnitKind.COMMUNE,
    "phuong": UnitKind.COMMUNE,
    "dac khu": UnitKind.COMMUNE,
}
_KINDS_SAID = "Hội Khuyến học; Chi hội; Cơ quan; Trường học; Phòng, ban, khoa, tổ; Đoàn thể"
_EXAMPLES = (
    ("20242-CH1", "Chi hội Khuyến học khối phố 1", "Chi hội", "20242-HKH", "01/07/2025"),
    ("20242-TH1", "Trường Tiểu học Phù Đổng", "Trường học", "20242-HKH", ""),
    ("20242-TH1-PB1", "Tổ chuyên môn khối 5", "Phòng, ban, khoa, tổ", "20242-TH1", ""),
)


@dataclass(frozen=True)
class Entry:
    """What one row says; empty or None where it says nothing that can be read."""

    line: int
    code: str
    name: str
    kind: UnitKind | None
    parent: str
    day: datetime.date | None
    problems: tuple[str, ...]


def entries(content: bytes) -> Iterator[Entry]:
    """Raises UnreadableError."""
    headings = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}
    missing = _("There is no row of headings with “Mã”, “Tên”, “Loại” and “Mã đơn vị trên”. Use the template.")
    layout = Layout(headings, {"code", "name", "kind", "parent"}.issubset, missing)
    return (_entry(row) for row in rows(content, layout))


def template() -> list[Sheet]:
    guide = (
        ("Mã", "Do bạn đặt, không trùng trong cả tỉnh; mã đã có nghĩa là sửa đơn vị ấy."),
        ("Loại", f"{_KINDS_SAID}."),
        ("Mã đơn vị trên", "Mã của đơn vị mà đơn vị này trực thuộc; nếu cũng nằm trong tệp thì đứng ở dòng trước."),
        ("Từ ngày", "Ngày đầu tiên của đơn vị, hoặc của tên mới; để trống là hôm nay."),
    )
    return [
        Sheet("Đơn vị", (), HEADINGS, ()),
        Sheet("Ví dụ", (), HEADINGS, _EXAMPLES),
        Sheet("Hướng dẫn", (), ("Cột", "Cách ghi"), guide),
    ]


def kind_called(text: str) -> UnitKind | None:
    return _KINDS.get(" ".join(fold(text).replace(",", " ").split()))


def _entry(row: Row) -> Entry:
    code, name, kind_said, parent, day_said = map(row.text, ("code", "name", "kind", "parent", "day"))
    day = day_of_cell(row.cells.get("day"))
    kind = kind_called(kind_said)
    problems = []
    if not 0 < len(code) <= 32:
        problems.append(_("The code is missing, or longer than 32 letters."))
    if not 0 < len(name) <= 200:
        problems.append(_("The name is missing, or longer than 200 letters."))
    if kind is None:
        told = {"text": kind_said, "kinds": _KINDS_SAID}
        problems.append(_("“%(text)s” is no kind of unit. There are: %(kinds)s.") % told)
    if day is None and day_said:
        problems.append(_("“%(text)s” is no day. Write it like 01/07/2025.") % {"text": day_said})
    return Entry(row.line, code, name, kind, parent, day, tuple(problems))
