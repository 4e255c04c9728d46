"""The report in Wagtail's admin of what recurs: how it ran last, and when it runs next."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.template.defaultfilters import yesno
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interface.tables import Column, Table
from interface.tables.office import OfficeTableView
from work.models import Slot
from work.recurring import Recurring, declared


@dataclass(frozen=True)
class Row:
    recurring: Recurring
    slot: Slot | None  # the latest


def _last_run(row: Row) -> Any:
    return row.slot.started_at if row.slot else gettext("never yet")


def _came_to_a_good_end(row: Row) -> str:
    return str(yesno(row.slot.is_done)) if row.slot and row.slot.finished_at else ""


class RecurringTable(Table):
    caption = _("Recurring work")
    filename = "viec-dinh-ky"
    per_page = 100
    columns = [
        Column(name="title", label=_("Recurring task"), read="recurring.title", note="recurring.name", is_heading=True),
        Column(name="rhythm", label=_("How often"), read="recurring.rhythm"),
        Column(name="started", label=_("Last run"), read=_last_run),
        Column(name="finished", label=_("Finished at"), read="slot.finished_at"),
        Column(name="done", label=_("Came to a good end"), read=_came_to_a_good_end),
        Column(name="outcome", label=_("Outcome"), read="slot.outcome"),
        Column(name="next", label=_("Next run"), read=lambda row: row.recurring.rhythm.next_slot(timezone.now())),
        Column(name="name", label=_("Name"), read="recurring.name", is_shown=False),
    ]


class RecurringWorkView(UserPassesTestMixin, OfficeTableView):
    """For administrators."""

    table_class = RecurringTable
    page_title = _("Recurring work")
    header_icon = "history"

    def test_func(self) -> bool:
        return bool(self.request.user.is_superuser)

    def get_rows(self) -> list[Row]:
        latest = {slot.name: slot for slot in Slot.objects.latest_of_each()}
        return [Row(declared[name], latest.get(name)) for name in sorted(declared)]
