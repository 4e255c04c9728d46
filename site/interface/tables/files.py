"""All rows of a table as a file, a part after the other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.log_actions import log

from interface.sheets import Sheet, csv_response, xlsx_response
from interface.tables.columns import Column

MOST_IN_WORKBOOK = 20_000  # it is sent when it is whole, and takes a second for each thousand on a busy machine
_AT_ONCE = 500


def note_taken(request: HttpRequest, title: str, rows: int, asked: Mapping[str, str] | None = None) -> None:
    """Into the audit log: who takes a list of people away, which, by what it is narrowed, and how long it is."""
    data = {"list": request.path, "asked": dict(asked or {}), "rows": rows}
    log(instance=request.user, action="interface.export_list", user=request.user, title=title, data=data)


def answered_with(
    columns: Sequence[Column],
    found: QuerySet[Any] | Sequence[Any],
    title: str,
    filename: str,
    rows_of: Callable[[Iterable[Any]], Iterable[Any]] = iter,
    lines: Sequence[str] = (),
) -> HttpResponseBase:
    """As the filename's ending says: all rows, of which a workbook takes MOST_IN_WORKBOOK beneath its ``lines``.

    ``rows_of`` makes rows of what was found.
    """
    written = [column for column in columns if column.is_exported]
    is_csv = filename.endswith(".csv")
    taken = _rows(found if is_csv else found[:MOST_IN_WORKBOOK], rows_of)
    rows = ([column.exported(row) for column in written] for row in taken)
    sheet = Sheet(title, lines, [str(column.label) for column in written], rows)
    return csv_response(sheet, filename) if is_csv else xlsx_response([sheet], filename)


def _rows(found: Any, rows_of: Callable[[Iterable[Any]], Iterable[Any]]) -> Iterator[Any]:
    rows = found.iterator(_AT_ONCE) if isinstance(found, QuerySet) else iter(found)
    while part := list(islice(rows, _AT_ONCE)):
        yield from rows_of(part)
