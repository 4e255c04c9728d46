"""Wagtail's own list of a model, with what our tables have besides: filters that stay, and files of what is listed."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from interface.tables.columns import Column
from interface.tables.files import answered_with
from interface.tables.remembering import address_kept

_ALWAYS = ("q", "ordering")


class OfficeListMixin:
    """Before Wagtail's IndexView. ``exported`` are the columns of the files; what is shown is Wagtail's to say."""

    request: Any
    exported: Sequence[Column] = ()
    filename = ""

    @property
    def list_export(self) -> list[str]:
        """Whether Wagtail shows its buttons."""
        return [column.name for column in self.exported]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        filters = self.filters  # type: ignore[attr-defined]  # of the view
        names = [*_ALWAYS, *(filters.form.fields if filters else ())]
        if address := address_kept(request, names, self.get_index_url()):  # type: ignore[attr-defined]
            return HttpResponseRedirect(address)
        answer: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        title = str(self.page_title)  # type: ignore[attr-defined]
        return answered_with(self.exported, queryset, title, f"{self.filename}.{spreadsheet_format}")
