"""The report in Wagtail's admin of what was searched and not found."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.tables import Column, Empty, Table
from interface.tables.office import OfficeTableView
from membership.admission import OfficePage
from membership.policy import Action
from search.models import MissedSearch


class MissedTable(Table):
    """Rows are sums, as dictionaries."""

    caption = _("Searched and not found")
    filename = "khong-tim-thay"
    per_page = 50
    page_name = "p"
    empty = Empty(_("Nothing has been searched in vain."))
    columns = [
        Column(name="words", label=_("Searched words"), read=lambda row: row["words"], is_heading=True),
        Column(name="times", label=_("Times"), read=lambda row: row["times"], is_number=True),
        Column(name="last", label=_("Last"), read=lambda row: row["last"]),
    ]


class MissedSearchesView(OfficePage, OfficeTableView):
    needs = Action.PUBLISH_MATERIALS
    table_class = MissedTable
    page_title = _("Searched and not found")
    header_icon = "search"

    def get_rows(self) -> Any:
        return MissedSearch.objects.often(timezone.localdate())
