"""The columns of a table: how a cell is read, what it shows, by what it sorts, what an export writes."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from interface.sheets import Value

Text = str | Promise
Read = str | Callable[[Any], Any]  # the name of an attribute, dots between, or a function of the row
NOTHING = "–"


@dataclass(frozen=True, kw_only=True)
class Column:
    """``read`` is what is stored and exported, ``name`` unless given; ``show`` says it otherwise on the page, ``note``
    beneath it, ``template`` draws the whole cell (with ``row`` and ``table``).

    ``order`` makes the column sortable: fields of the query, or a function of a row where the rows are at hand.
    """

    name: str
    label: Text
    read: Read = ""
    show: Read = ""
    note: Read = ""
    link: Callable[[Any], str] | None = None
    template: str = ""
    order: Sequence[str] | Callable[[Any], Any] = ()
    is_number: bool = False
    is_heading: bool = False
    is_shown: bool = True
    is_exported: bool = True

    def value(self, row: Any) -> Any:
        return read(self.read or self.name, row)

    def text(self, row: Any) -> str:
        return display(read(self.show, row) if self.show else self.value(row))

    def exported(self, row: Any) -> Value:
        value = self.value(row)
        return value if isinstance(value, int | float | Decimal | datetime.date | None) else str(value)


@dataclass(frozen=True)
class Cell:
    column: Column
    text: str
    note: str
    link: str


def cell_of(column: Column, row: Any, url_of: Callable[[Any], str]) -> Cell:
    link = column.link or (url_of if column.is_heading else None)
    url = link(row) if link else ""
    if column.template:
        return Cell(column, "", "", url)
    note = display(read(column.note, row), "") if column.note else ""
    return Cell(column, column.text(row), note, url)


def read(way: Read, row: Any) -> Any:
    """Nothing where something on the way is nothing."""
    if callable(way):
        return way(row)
    found = reduce(lambda at, name: None if at is None else getattr(at, name), way.split("."), row)
    return found() if callable(found) else found


def display(value: Any, nothing: str = NOTHING) -> str:
    """As a page says it; moments in Viet Nam's time."""
    if value is None or value == "":
        return nothing
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "H:i d/m/Y")
    if isinstance(value, datetime.date):
        return date_format(value, "d/m/Y")
    if isinstance(value, Decimal | float):
        return number_format(value)
    return value if isinstance(value, SafeString) else str(value)


def mark(text: Text, kind: str = "") -> SafeString:
    """A word that stands out in a cell: "ok", "warning", or neither."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{kind}" if kind else "", text)
