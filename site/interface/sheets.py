"""Tables as files that office programs open: CSV with a byte order mark, XLSX with real numbers and days.

Rows may come from a query of any length: they are never all in memory. Text stays text, also where it begins like a
formula.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from interface.vietnamese import storable

Value = str | int | float | Decimal | datetime.date | datetime.datetime | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CALCULATES = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_IN_TAB_NAMES = re.compile(r"[\\*?:/\[\]]")
_MEASURED = 500  # rows that say how wide a column is


@dataclass(frozen=True)
class Sheet:
    """One table. ``lines`` stand above it in a workbook: what it is, of when."""

    name: str
    lines: Sequence[str]
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]


def csv_response(sheet: Sheet, filename: str) -> HttpResponseBase:
    lines = _csv_lines(sheet, translation.get_language())
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=_headers(filename))


def xlsx_response(sheets: Iterable[Sheet], filename: str) -> HttpResponseBase:
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        _fill(workbook.create_sheet(_tab_name(sheet.name)), sheet)
    content = io.BytesIO()
    workbook.save(content)
    return HttpResponse(content.getvalue(), content_type=XLSX, headers=_headers(filename))


def _tab_name(name: str) -> str:
    """Office programs take 31 characters at most, and none of those that stand in addresses of cells."""
    return _NOT_IN_TAB_NAMES.sub(" ", storable(name))[:31].strip() or "1"


class _Passing:
    """What a csv.writer writes to when the line itself is wanted."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(sheet: Sheet, language: str | None) -> Iterator[str]:
    """In the language of the page, which may be another's again by the time the lines are asked for."""
    with translation.override(language):
        writer = csv.writer(_Passing())
        yield "\ufeff" + str(writer.writerow(sheet.headings))
        for row in sheet.rows:
            yield str(writer.writerow([_plain(value) for value in row]))


def _fill(worksheet: Any, sheet: Sheet) -> None:
    rows = iter(sheet.rows)
    first = list(islice(rows, _MEASURED))
    top = len(sheet.lines) + 2 if sheet.lines else 1
    for column in range(len(sheet.headings)):
        longest = max((len(str(row[column] or "")) for row in first), default=0)
        worksheet.column_dimensions[get_column_letter(column + 1)].width = min(max(longest, 10), 40) + 2
    worksheet.freeze_panes = f"A{top + 1}"
    for number, line in enumerate(sheet.lines):
        worksheet.append([_cell(worksheet, line, Font(bold=number == 0))])
    if sheet.lines:
        worksheet.append([])
    headings = [_cell(worksheet, heading, Font(bold=True)) for heading in sheet.headings]
    for heading in headings:
        heading.alignment = Alignment(wrap_text=True, vertical="top")
    worksheet.append(headings)
    for row in chain(first, rows):
        worksheet.append([_cell(worksheet, value) for value in row])


def _cell(worksheet: Any, value: Value, font: Font | None = None) -> Any:
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)  # spreadsheets know no time zones
    cell: Any = WriteOnlyCell(worksheet)
    cell.value = storable(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, datetime.datetime):
        cell.number_format = "dd/mm/yyyy hh:mm"
    elif isinstance(value, datetime.date):
        cell.number_format = "dd/mm/yyyy"
    if font:
        cell.font = font
    return cell


def _plain(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, Decimal | float):
        return number_format(value, use_l10n=True)
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "d/m/Y H:i")
    if isinstance(value, datetime.date):
        return date_format(value, "d/m/Y")
    if isinstance(value, str):
        text = storable(value)
        return f"'{text}" if text.startswith(_CALCULATES) else text
    return value


def _headers(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"}
