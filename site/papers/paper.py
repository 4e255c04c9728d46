"""What stands on an official paper, as plain text, whatever draws it. The names of parts are those of Nghị định
30/2020/NĐ-CP, annex I."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from typing import TypeVar

from interface.vietnamese import storable

DOTS = "……"
Part = TypeVar("Part")


@dataclass(frozen=True)
class Signature:
    """``capacity`` in lines: on whose behalf, in whose stead, the position."""

    capacity: Sequence[str]
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Table:
    """``wide`` are the columns that take the room that is left; ``centred`` those with short signs in them; ``emblems``
    small drawings as SVG before the first cell of each row, for the eye alone: what they stand for is said beside them.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    wide: Sequence[int] = ()
    centred: Sequence[int] = ()
    emblems: Sequence[str] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph of the body. ``lead`` stands bold before it, such as "Điều 1."; a block may be a heading alone."""

    text: str = ""
    lead: str = ""
    is_heading: bool = False
    is_basis: bool = False


@dataclass(frozen=True)
class Paper:
    """``code`` is a QR code as SVG, above the heading; ``code_says``, which stands beneath it, what it leads to."""

    body: str
    kind: str
    summary: str
    blocks: Sequence[Block]
    above: str = ""
    symbol: str = ""
    place: str = ""
    dated: str = ""
    authority: str = ""
    addressee: str = ""
    attached_to: str = ""
    code: str = ""
    code_says: str = ""
    table: Table | None = None
    closing: Sequence[Block] = ()
    signatures: Sequence[Signature] = ()
    recipients: Sequence[str] = field(default_factory=tuple)

    @property
    def title(self) -> str:
        return f"{self.kind} {self.summary}"

    @property
    def head(self) -> str:
        """The body as it stands above the number: what it is on one line, of where on the next."""
        for beginning in ("Ủy ban nhân dân ", "Hội Khuyến học "):
            if self.body.startswith(beginning):
                return beginning + self.body.removeprefix(beginning).replace(" ", "\N{NO-BREAK SPACE}")
        return self.body


def printable(part: Part) -> Part:
    """A paper or a part of it without the signs that no file can hold: what has long been stored may have some."""
    if isinstance(part, str):
        return storable(part)  # type: ignore[return-value]
    if isinstance(part, list | tuple):
        return type(part)(map(printable, part))
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: printable(getattr(part, each.name)) for each in fields(part)})
    return part


def in_words(day: datetime.date | None) -> str:
    """ "ngày 05 tháng 02 năm 2026": days below 10 and months 1 and 2 carry a zero. Without a day, room for it."""
    if day is None:
        return f"ngày {DOTS} tháng {DOTS} năm {DOTS}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def points(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def people(count: int) -> str:
    return f"{count:,}".replace(",", ".") + " người"
