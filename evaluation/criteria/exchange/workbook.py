"""Workbooks (.xlsx): a sheet for the set, and one each for competencies, indicators, rules, caps and anchors.

Headings are the fields' names, so that a workbook comes back in whatever language it was made; everything is text.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from evaluation.criteria.exchange.assembly import PARTS, Part, part
from evaluation.criteria.exchange.content import (
    BELOW,
    ImportRefusedError,
    Problem,
    SetContent,
    as_text,
    cells_of,
    written,
)
from intake import tables
from intake.plan import UnreadableError

SHEETS = {name: [cell.name for one in contents for cell in cells_of(one)] for name, contents in PARTS.items()}
MOST_ROWS = 5_000
_LATER = {"anchors"}  # workbooks of earlier versions lack it
_WIDE = {"name": 50, "explanation": 60, "examples": 60, "identifier": 38}


def to_workbook(content: SetContent) -> bytes:
    workbook = Workbook()
    for sheet in workbook.worksheets:
        workbook.remove(sheet)
    indicators = content.indicators
    _write(workbook, "set", [written(content)])
    _write(workbook, "competencies", [written(one) for one in content.competencies])
    _write(workbook, "indicators", [written(one) for one in indicators])
    for name in BELOW:
        below = [(one, row) for one in indicators for row in getattr(one, name)]
        _write(workbook, name, [{"indicator": str(one.number), **written(row)} for one, row in below])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def parts_of_workbook(data: bytes) -> list[Part]:
    """Raises ImportRefusedError where sheets, columns or the line of the set are missing."""
    problems: list[Problem] = []
    try:
        book = tables.workbook(data)
        sheets = {name: _read(book, name, problems) for name in SHEETS}
    except UnreadableError:
        raise ImportRefusedError([Problem(_("File"), _("This is no workbook (.xlsx)."))]) from None
    if not sheets["set"] and not problems:
        problems.append(Problem("set", _("This sheet has no line.")))
    if problems:
        raise ImportRefusedError(problems)
    return [part for parts in sheets.values() for part in parts]


def _write(book: Workbook, name: str, rows: Sequence[dict[str, str]]) -> None:
    sheet = book.create_sheet(name)
    headings = SHEETS[name]
    for place, heading in enumerate(headings, start=1):
        sheet.cell(row=1, column=place, value=heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE.get(heading, 18)
    for line, row in enumerate(rows, start=2):
        for place, heading in enumerate(headings, start=1):
            cell = sheet.cell(row=line, column=place, value=row[heading] or None)
            if row[heading]:
                cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _read(book: Any, name: str, problems: list[Problem]) -> list[Part]:
    if name not in book.sheetnames and name in _LATER:
        return []
    if name not in book.sheetnames:
        problems.append(Problem(name, _("This sheet is missing.")))
        return []
    lines = islice(tables.lines_of(book[name]), MOST_ROWS + 1)
    headings = [as_text(value) for value in next(lines, ())]
    missing = [heading for heading in SHEETS[name] if heading not in headings]
    if missing:
        problems.append(Problem(name, _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)}))
        return []
    return list(_parts(name, headings, lines))


def _parts(name: str, headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> Iterable[Part]:
    for number, line in enumerate(lines, start=2):
        if any(as_text(value) for value in line):
            place = _("%(sheet)s, line %(number)s") % {"sheet": name, "number": number}
            yield part(name, place, dict(zip(headings, line, strict=False)))
