"""Reads an organiser's spreadsheet of who was there, and says of each line what would become of it."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from interface.vietnamese import fold, nfc
from learning.evidence.models import Evidence, Session
from membership.models import Person

MOST_LINES = 2000
_MOST_UNPACKED = 50 * 1024 * 1024
_CODE = {"ma", "ma so", "ma nguoi hoc", "code"}
_NAME = {"ho ten", "ho va ten", "ten", "full name", "name"}
_YEAR = {"nam sinh", "birth year", "year"}


class UnreadableError(ValueError):
    """No .xlsx, too large, or without a column of names or codes."""


class Outcome(StrEnum):
    WILL_BE_NOTED = "will_be_noted"
    NOTED_ALREADY = "noted_already"
    TWICE = "twice"
    UNKNOWN = "unknown"
    SEVERAL = "several"


@dataclass(frozen=True)
class Row:
    """One line as typed; ``number`` as the spreadsheet counts."""

    number: int
    code: str
    name: str
    birth_year: int | None


@dataclass(frozen=True)
class Line:
    row: Row
    outcome: Outcome
    person: Person | None = None


def read(content: IO[bytes]) -> list[Row]:
    """The lines under the heading that names a column of codes or of names. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(content) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                raise UnreadableError("too large")
        content.seek(0)
        sheet = load_workbook(content, read_only=True, data_only=True).worksheets[0]
        lines = list(sheet.iter_rows(max_row=MOST_LINES + 20, max_col=30, values_only=True))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as unreadable:
        raise UnreadableError(str(unreadable)) from unreadable
    return _rows(lines)


def report(rows: Iterable[Row], session: Session, day: datetime.date) -> list[Line]:
    """What each line would do: three queries, however many lines."""
    people = list(Person.objects.belonging_below(session.unit, day))
    noted = set(Evidence.objects.of_session(session).values_list("person_id", flat=True))
    by_code = {person.code: person for person in people}
    by_name: dict[str, list[Person]] = {}
    for person in people:
        by_name.setdefault(person.folded_name, []).append(person)
    lines: list[Line] = []
    for row in rows:
        found = [by_code[row.code]] if row.code in by_code else _named(row, by_name)
        lines.append(_line(row, found, noted, {line.person for line in lines}))
    return lines


def _line(row: Row, found: list[Person], noted: set[int], before: set[Person | None]) -> Line:
    if len(found) != 1:
        return Line(row, Outcome.SEVERAL if found else Outcome.UNKNOWN)
    if found[0].pk in noted:
        return Line(row, Outcome.NOTED_ALREADY, found[0])
    return Line(row, Outcome.TWICE if found[0] in before else Outcome.WILL_BE_NOTED, found[0])


def _named(row: Row, by_name: dict[str, list[Person]]) -> list[Person]:
    """By name, and birth year where one is given; a code that is none stands for nobody."""
    if row.code or not row.name:
        return []
    named = by_name.get(fold(row.name), [])
    return [person for person in named if row.birth_year in (None, person.birth_year)]


def _rows(lines: list[tuple[Any, ...]]) -> list[Row]:
    for start, cells in enumerate(lines[:20]):
        columns = _columns(cells)
        if "code" in columns or "name" in columns:
            return [
                _row(number, cells, columns)
                for number, cells in enumerate(lines[start + 1 :], start=start + 2)
                if any(_text(cells, columns, name) for name in ("code", "name"))
            ][:MOST_LINES]
    raise UnreadableError("no column of codes or names")


def _columns(cells: tuple[Any, ...]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        heading = fold(str(cell or "")).strip()
        for name, headings in (("code", _CODE), ("name", _NAME), ("year", _YEAR)):
            if heading in headings:
                columns.setdefault(name, place)
    return columns


def _row(number: int, cells: tuple[Any, ...], columns: dict[str, int]) -> Row:
    year = _text(cells, columns, "year")[:4]
    name = " ".join(nfc(_text(cells, columns, "name")).split())
    return Row(number, _text(cells, columns, "code").upper(), name, int(year) if year.isdecimal() else None)


def _text(cells: tuple[Any, ...], columns: dict[str, int], name: str) -> str:
    place = columns.get(name)
    return "" if place is None or place >= len(cells) or cells[place] is None else str(cells[place]).strip()
