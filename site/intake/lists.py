"""The imports that a user began, and what becomes of each line of one, as tables."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from intake.kinds import Kind
from intake.models import Import, ImportLine
from intake.plan import Outcome
from interface.tables import Column, Look, Table

LINES_PER_PAGE = 50


class ImportTable(Table):
    """Of one page of upload, which knows where the plan of each stands."""

    caption = gettext_lazy("Your last imports")
    columns = [
        Column(name="file", label=gettext_lazy("File"), read="name", is_heading=True),
        Column(name="uploaded", label=pgettext_lazy("import", "Uploaded"), read="created_at"),
        Column(name="state", label=pgettext_lazy("import", "State"), read="get_state_display"),
    ]

    def __init__(self, page: Any, rows: Any) -> None:
        super().__init__(page.request, rows, page.look)
        self.upload = page

    def url_of(self, row: Import) -> str:
        return str(self.upload.address(self.upload.plan_page, row.pk))


def _line(row: ImportLine) -> str:
    return _("line %(number)s") % {"number": row.line} if row.line else ""


class LineTable(Table):
    """The lines next to a number, which stands in the address: what a page costs does not grow with the file."""

    caption = gettext_lazy("What becomes of it")
    filename = "cac-dong"
    names_people = True  # as a file may
    place = ""

    def __init__(self, request: HttpRequest, batch: Import, kind: type[Kind[Any]], look: Look) -> None:
        asked = request.GET.get("outcome", "")
        self.outcome = asked if asked in Outcome else ""
        lines = batch.lines.defer("content").order_by("number")
        super().__init__(request, lines.filter(outcome=self.outcome) if self.outcome else lines, look)
        self.labels = kind.labels
        self.columns = [
            Column(name="source", label=_("Where in the file"), read=lambda row: f"{row.source} {_line(row)}".strip()),
            Column(name="excerpt", label=kind.excerpt_label, note="code"),
            Column(name="code", label=_("Code"), is_shown=False),
            Column(name="outcome", label=self.caption, show=self._shown, read=self._told),
        ]

    def _told(self, row: ImportLine) -> str:
        label = str(self.labels[Outcome(row.outcome)])
        return f"{label}: {' '.join(row.reasons)}" if row.reasons else label

    def _shown(self, row: ImportLine) -> SafeString:
        reasons = format_html_join("", "<br>{}", ((reason,) for reason in row.reasons))
        return format_html("<div><strong>{}</strong>{}</div>", self.labels[Outcome(row.outcome)], reasons)

    @cached_property
    def page(self) -> Page[Any]:
        asked = {name: self.request.GET.get(name, "")[:18] for name in ("after", "before")}
        bounds = {name: int(text) for name, text in asked.items() if text.isdecimal()}
        return Paginator(self.found.for_page(LINES_PER_PAGE, **bounds), LINES_PER_PAGE).page(1)

    @property
    def previous_url(self) -> str:
        return self._beyond(self.page.object_list[:1], "before", "number__lt")

    @property
    def next_url(self) -> str:
        return self._beyond(self.page.object_list[-1:], "after", "number__gt")

    def _beyond(self, end: Any, way: str, bound: str) -> str:
        if not end or not self.found.filter(**{bound: end[0].number}).exists():
            return ""
        return self.address(**{"after": None, "before": None, way: end[0].number})
