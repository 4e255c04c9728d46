"""One list as it is asked for: filtered, sorted, a page of it, all of it as a file."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import CharField
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interface.tables.choosing import RowAction, choosable
from interface.tables.columns import Cell, Column, Text, cell_of
from interface.tables.files import MOST_IN_WORKBOOK, answered_with, note_taken
from interface.tables.looks import SITE, Look
from interface.tables.remembering import FORGETS, address_kept

SORTS = "xep"
EXPORTS = ("xlsx", "csv")


@dataclass(frozen=True)
class Empty:
    """What stands instead of a table without rows: that there is nothing, and when something will be."""

    title: Text
    text: Text = ""
    illustration: str = "letterbox"
    label: Text = ""
    address: str = ""

    @property
    def url(self) -> str:
        """Of the view that the button beneath leads to."""
        return reverse(self.address) if self.address else ""


@dataclass(frozen=True)
class Heading:
    """``url`` sorts by the column, the other way round where it sorts already; ``sorted`` is for aria-sort."""

    column: Column
    url: str = ""
    sorted: str = ""

    @property
    def sign(self) -> str:
        return {"ascending": "↑", "descending": "↓"}.get(self.sorted, "")


@dataclass(frozen=True)
class Line:
    row: Any
    key: Any
    name: str
    cells: list[Cell]
    can_choose: bool


class Table:
    """A kind of list; an instance is one request's. ``rows`` is the query of what the user may see, in the order in
    which it stands unless sorted, or the rows themselves.
    """

    columns: Sequence[Column] = ()
    filters_class: Any = None
    actions: Sequence[RowAction] = ()
    per_page = 25
    previous_label: Text = gettext_lazy("Previous page")
    next_label: Text = gettext_lazy("Next page")
    page_name = "page"
    caption: Text = ""
    empty: Empty | None = None
    filename = ""  # of exports, without its ending; no name, no export
    names_people = False  # who takes such a list away is noted
    row_address = ""  # of the view that a row leads to, by its key

    def __init__(self, request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], look: Look = SITE) -> None:
        self.request, self.scope, self.look = request, rows, look

    @cached_property
    def filters(self) -> Any:
        if self.filters_class is None:
            return None
        return self.filters_class(self.request.GET, queryset=self.scope, request=self.request)

    @property
    def narrowed(self) -> Any:
        """What the filters leave. Nothing where one cannot be read: else everybody would be shown, and taken away, in
        place of whom one asks for.
        """
        if self.filters is None:
            return self.scope
        return self.filters.qs if self.filters.is_valid() else self.filters.queryset.none()

    @cached_property
    def found(self) -> Any:
        """Everything that the filters leave, in the order asked for."""
        return self.in_order(self.narrowed)

    def in_order(self, rows: Any) -> Any:
        """What is asked for by no column's name leaves the rows as they stand."""
        if not (column := self.sorting):
            return rows
        order = column.order
        if callable(order):
            known = [row for row in rows if order(row) is not None]
            unknown = [row for row in rows if order(row) is None]
            return sorted(known, key=order, reverse=self.is_descending) + unknown
        sign = "-" if self.is_descending else ""
        return rows.order_by(*(sign + name for name in order), "pk")

    def rows_of(self, page: Iterable[Any]) -> Iterable[Any]:
        """The rows of a page with all that they show: for lists whose ``found`` are keys."""
        return page

    @property
    def sorting(self) -> Column | None:
        asked = self.request.GET.get(SORTS, "").removeprefix("-")
        return next((column for column in self.columns if column.order and column.name == asked), None)

    @property
    def is_descending(self) -> bool:
        return self.request.GET.get(SORTS, "").startswith("-")

    @cached_property
    def page(self) -> Page[Any]:
        page = Paginator(self.found, self.per_page).get_page(self.request.GET.get(self.page_name))
        page.object_list = list(self.rows_of(page.object_list))
        return page

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def counted(self) -> str:
        """How many there are, in words, where the list says so."""
        return ""

    @property
    def place(self) -> str:
        values = {"number": self.page.number, "total": self.page.paginator.num_pages}
        return _("Page %(number)s of %(total)s") % values

    @property
    def previous_url(self) -> str:
        return self.address(**{self.page_name: self.page.number - 1}) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.address(**{self.page_name: self.page.number + 1}) if self.page.has_next() else ""

    @cached_property
    def shown(self) -> list[Column]:
        return [column for column in self.columns if column.is_shown]

    @cached_property
    def usable(self) -> list[RowAction]:
        """The actions that this user has."""
        return [action for action in self.actions if action.may_use(self.request.user)]

    @cached_property
    def choosable(self) -> set[Any]:
        return {self.key_of(row) for row in choosable(self.page.object_list, self.usable)}

    @property
    def row_name(self) -> str:
        return self.usable[0].row_name

    def key_of(self, row: Any) -> Any:
        """What is sent of a row that is chosen."""
        return getattr(row, "pk", None)

    def name_of(self, row: Any) -> str:
        """For who chooses it, and hears of it that it was refused."""
        return str(row)

    def url_of(self, row: Any) -> str:
        """Where the heading of a row leads, unless its column says."""
        return reverse(self.row_address, args=[row.pk]) if self.row_address else ""

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(row) for row in self.page.object_list]

    def _line(self, row: Any) -> Line:
        key = self.key_of(row)
        cells = [cell_of(column, row, self.url_of) for column in self.shown]
        return Line(row, key, self.name_of(row), cells, key in self.choosable)

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.shown]

    def _heading(self, column: Column) -> Heading:
        if not column.order:
            return Heading(column)
        is_sorted = column is self.sorting
        turned = f"-{column.name}" if is_sorted and not self.is_descending else column.name
        said = ("descending" if self.is_descending else "ascending") if is_sorted else ""
        return Heading(column, self.address(**{SORTS: turned, self.page_name: None}), said)

    def address(self, **changes: Any) -> str:
        """The list as it stands, with this changed."""
        query = self.request.GET.copy()
        query.pop("export", None)
        query.pop(FORGETS, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return f"?{query.urlencode()}"

    @property
    def forgetting_url(self) -> str:
        """To all rows again, where something is filtered."""
        form = self.filters.form if self.filters else None
        is_filtered = form is not None and any(self.request.GET.get(name) for name in form.fields)
        return f"?{FORGETS}=1" if is_filtered else ""

    @property
    def kept_names(self) -> Collection[str]:
        """What of the address stays when one comes back."""
        names = list(self.filters.form.fields) if self.filters else []
        return [*names, *([SORTS] if any(column.order for column in self.columns) else [])]

    @property
    def export_urls(self) -> list[tuple[str, str]]:
        if not self.filename:
            return []
        workbook = _("List (Excel, the first %(most)s rows)") if self.count > MOST_IN_WORKBOOK else _("List (Excel)")
        labels = {"xlsx": workbook % {"most": intcomma(MOST_IN_WORKBOOK)}, "csv": _("List (CSV)")}
        return [(labels[kind], self.address(export=kind, **{self.page_name: None})) for kind in EXPORTS]

    def instead(self) -> HttpResponseBase | None:
        """What is answered instead of the page: a file that is asked for, or the way to how the list was left."""
        if self.filename and (kind := self.request.GET.get("export")) in EXPORTS:
            return self.export(str(kind))
        address = address_kept(self.request, self.kept_names)
        return HttpResponseRedirect(address) if address else None

    @property
    def narrowed_by(self) -> dict[str, str]:
        """What is asked for in numbers and choices. Of what was typed only that it was: it may name somebody."""
        fields = self.filters.form.fields if self.filters else {}
        asked = {name: ",".join(self.request.GET.getlist(name)) for name in self.request.GET}
        typed = {name: "…" for name in asked if type(fields.get(name)) is CharField and asked[name]}
        return {name: text for name, text in asked.items() if name in fields or text.isdecimal()} | typed

    def export(self, kind: str) -> HttpResponseBase:
        """Exactly what is filtered, as sorted. Who takes a list of people away is noted: that they did, not whom."""
        is_told = self.names_people or kind == "xlsx"
        count, lines = (Paginator(self.found, self.per_page).count if is_told else 0), []
        if kind == "xlsx" and count > MOST_IN_WORKBOOK:
            numbers = {"most": intcomma(MOST_IN_WORKBOOK), "count": intcomma(count)}
            lines = [_("The first %(most)s of %(count)s rows; the CSV file has all of them.") % numbers]
        if self.names_people:
            note_taken(self.request, str(self.caption), count, self.narrowed_by)
        name = f"{self.filename}.{kind}"
        return answered_with(self.columns, self.found, str(self.caption), name, self.rows_of, lines)
