"""The report in Wagtail's admin of what recurs: how it ran last, and when it runs next."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.reports import ReportView

from work.models import Slot
from work.recurring import declared


class RecurringWorkView(ReportView):
    model = Slot
    page_title = _("Recurring work")
    header_icon = "history"
    index_url_name = "recurring_work"
    index_results_url_name = "recurring_work_results"
    columns = [
        Column("title", label=_("Recurring task"), accessor=lambda slot: declared[slot.name].title),
        Column("rhythm", label=_("How often"), accessor=lambda slot: declared[slot.name].rhythm),
        DateColumn("started_at", label=_("Last run")),
        DateColumn("finished_at", label=_("Finished at")),
        BooleanColumn("is_done", label=_("Came to a good end")),
        Column("outcome", label=_("Outcome")),
        Column("next", label=_("Next run"), accessor=lambda slot: _next_run(slot)),
        Column("name", label=_("Name")),
    ]
    list_export = ["name", "started_at", "finished_at", "is_done", "outcome"]
    is_searchable = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"viec-dinh-ky-{timezone.localdate().isoformat()}"

    def get_queryset(self) -> QuerySet[Any, Any]:
        return Slot.objects.filter(name__in=declared).latest_of_each()


def _next_run(slot: Slot) -> str:
    moment = declared[slot.name].rhythm.next_slot(timezone.now())
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
