"""The report in Wagtail's admin of what was searched and not found."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from membership.policy import Action, may
from search.models import MissedSearch
from search.queries.missed import missed_often


class MissedSearchesView(ReportView):
    model = MissedSearch
    page_title = _("Searched and not found")
    header_icon = "search"
    index_url_name = "search_missed"
    index_results_url_name = "search_missed_results"
    columns = [
        Column("words", label=_("Searched words")),
        Column("times", label=_("Times")),
        DateColumn("last", label=_("Last")),
    ]
    list_export = ["words", "times", "last"]
    export_headings = {"words": _("Searched words"), "times": _("Times"), "last": _("Last")}
    is_searchable = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, Action.PUBLISH_MATERIALS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"khong-tim-thay-{datetime.date.isoformat(timezone.localdate())}"

    def get_queryset(self) -> QuerySet[Any, Any]:
        return missed_often(timezone.localdate())
