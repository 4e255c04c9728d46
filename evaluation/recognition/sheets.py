"""Tables as files that office programs open: CSV with a byte order mark, XLSX with real numbers."""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.http import HttpResponse
from django.utils.formats import date_format, number_format
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | datetime.date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CALCULATES = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """One table. ``lines`` stand above it: what it is, of when."""

    name: str
    lines: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]


def csv_response(sheet: Sheet, filename: str) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.headings)
    writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    return _download(("\ufeff" + text.getvalue()).encode(), "text/csv; charset=utf-8", filename)


def xlsx_response(sheets: Iterable[Sheet], filename: str) -> HttpResponse:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.name[:31]), sheet)
    content = io.BytesIO()
    workbook.save(content)
    return _download(content.getvalue(), XLSX, filename)


def _fill(worksheet: Worksheet, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.lines, start=1):
        _write(worksheet, number, 1, line).font = Font(bold=number == 1)
    top = len(sheet.lines) + 2 if sheet.lines else 1
    for column, heading in enumerate(sheet.headings, start=1):
        cell = _write(worksheet, top, column, heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        worksheet.column_dimensions[get_column_letter(column)].width = _width(sheet, column - 1)
    for number, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            _write(worksheet, number, column, value)
    worksheet.freeze_panes = f"A{top + 1}"


def _write(worksheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell = cast("Cell", worksheet.cell(row, column))  # nothing is merged here
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # text stays text, also when it begins like a formula
    elif isinstance(value, datetime.date):
        cell.number_format = "dd/mm/yyyy"
    return cell


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
    return min(max(longest, 10), 40) + 2


def _plain(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return number_format(value, use_l10n=True)
    if isinstance(value, datetime.date):
        return date_format(value, "d/m/Y")
    if isinstance(value, str) and value.startswith(_CALCULATES):
        return f"'{value}"
    return value


def _download(content: bytes, kind: str, filename: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
