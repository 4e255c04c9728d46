"""A decree as a table: a line for each unit that passes into another, is called otherwise, or ends; and the template to
fill in. Pure."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.tables import Layout, Row, day_of_cell, rows
from interface.sheets import Sheet
from interface.vietnamese import fold
from membership.models import UnitKind
from membership.unit_sheet import kind_called

HEADINGS = ("Mã cũ", "Mã mới", "Tên mới", "Loại mới", "Mã đơn vị trên", "Đơn vị đi theo", "Từ ngày")
_SPELLINGS = {
    "old": ("ma cu", "ma don vi cu", "old code"),
    "new": ("ma moi", "ma don vi moi", "new code"),
    "name": ("ten moi", "ten", "new name"),
    "kind": ("loai moi", "loai", "kind"),
    "parent": ("ma don vi tren", "truc thuoc", "parent code"),
    "along": ("don vi di theo", "chi hoi di theo", "along"),
    "day": ("tu ngay", "ngay hieu luc", "from day"),
}
_REST = "con lai"
_EXAMPLES = (
    ("20227", "20242", "Phường Hải Châu", "", "", "", "01/07/2025"),
    ("20230", "20242", "", "", "", "", ""),
    ("20296", "20194", "Phường Hải Vân", "", "", "20296-CH1, 20296-CH2", ""),
    ("20296", "20197", "Phường Liên Chiểu", "", "", "còn lại", ""),
    ("20333", "20333", "Phường Hòa Vang", "", "", "", ""),
)


@dataclass(frozen=True)
class Entry:
    """What one row says; empty or None where it says nothing that can be read. ``along``: the codes of the units that
    go into this part of a split one; ``takes_rest``: whatever no other part names, people too.
    """

    line: int
    old: str
    new: str
    name: str
    kind: UnitKind | None
    parent: str
    along: frozenset[str]
    takes_rest: bool
    day: datetime.date | None
    problems: tuple[str, ...]


def entries(content: bytes) -> Iterator[Entry]:
    """Raises UnreadableError."""
    headings = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}
    missing = _("There is no row of headings with “Mã cũ”, “Mã mới”, “Tên mới” and “Từ ngày”. Use the template.")
    layout = Layout(headings, {"old", "new", "name", "day"}.issubset, missing)
    return (_entry(row) for row in rows(content, layout))


def template() -> list[Sheet]:
    guide = (
        ("Mã cũ", "Đơn vị đang có. Nhập vào một đơn vị: mỗi đơn vị cũ một dòng, kể cả đơn vị giữ mã."),
        ("Mã mới", "Chia tách: mỗi phần một dòng, cùng mã cũ. Chỉ đổi tên, loại: ghi lại mã cũ. Giải thể: để trống."),
        ("Tên mới", "Ghi ở ít nhất một dòng của mỗi đơn vị mới."),
        ("Loại mới", "Để trống: như đơn vị cũ."),
        ("Mã đơn vị trên", "Để trống: như đơn vị cũ."),
        ("Đơn vị đi theo", "Chia tách: mã chi hội, cơ quan, trường về phần này; “còn lại”: mọi nơi, mọi người khác."),
        ("Từ ngày", "Ngày có hiệu lực, một ngày cho cả tệp; ghi ở dòng đầu là đủ."),
    )  # fmt: skip
    return [
        Sheet("Quyết định", (), HEADINGS, ()),
        Sheet("Ví dụ", (), HEADINGS, _EXAMPLES),
        Sheet("Hướng dẫn", (), ("Cột", "Cách ghi"), guide),
    ]


def _entry(row: Row) -> Entry:
    old, new, name, kind_said, parent, along, day_said = map(row.text, _SPELLINGS)
    day, kind = day_of_cell(row.cells.get("day")), kind_called(kind_said)
    problems = []
    if not old:
        problems.append(_("The old code is missing."))
    if max(map(len, (old, new, parent))) > 32 or len(name) > 200:
        problems.append(_("A code has at most 32 letters, a name 200."))
    if kind is None and kind_said:
        problems.append(_("“%(text)s” is no kind of unit.") % {"text": kind_said})
    if day is None and day_said:
        problems.append(_("“%(text)s” is no day. Write it like 01/07/2025.") % {"text": day_said})
    named = {part.strip() for part in re.split(r"[,;\n]", along) if part.strip()}
    rest = {part for part in named if fold(part) == _REST}
    return Entry(row.line, old, new, name, kind, parent, frozenset(named - rest), bool(rest), day, tuple(problems))
