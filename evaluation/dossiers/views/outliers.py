"""What stands out in a year, unit by unit: figures to ask about."""

from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.dossiers.outliers import Standing, standing_out
from evaluation.dossiers.views.trails import Trail, office_trail
from interface.tables import NOTHING, Column, Empty, Table, TableView, mark
from membership.admission import AdmittedMixin
from membership.policy import Action

_WORDS = {
    "all_pass": gettext_lazy("everyone passed"),
    "never_differs": gettext_lazy("no score was ever changed"),
    "alike": gettext_lazy("same scores and notes"),
    "hasty": gettext_lazy("decided very fast"),
}


def _recognised(row: Standing) -> str:
    if row.pass_rate is None:
        return _("None decided yet")
    return f"{row.recognised}/{row.decided} ({row.pass_rate:.0f} %)"


def _difference(row: Standing) -> str:
    return NOTHING if row.difference is None else number_format(row.difference, 2)


def _words(row: Standing) -> list[str]:
    return [str(_WORDS[name]) for name in row.marks]


def _marks(row: Standing) -> str:
    return format_html_join(" ", "{}", ((mark(word, "warning"),) for word in _words(row)))


class OutlierTable(Table):
    caption = gettext_lazy("Units")
    filename = "diem-bat-thuong"
    empty = Empty(
        gettext_lazy("No dossiers yet"),
        gettext_lazy("Units appear here once their people have handed in dossiers of this year."),
        icon="flag",
    )
    columns = [
        Column(name="unit", label=gettext_lazy("Unit"), note="commune", is_heading=True,
               order=lambda row: row.unit.path),
        Column(name="commune", label=gettext_lazy("Commune"), is_shown=False),
        Column(name="recognised", label=gettext_lazy("Recognised of decided"), read=_recognised,
               order=lambda row: row.pass_rate),
        Column(name="difference", label=gettext_lazy("Own less reviewed, on average"), is_number=True,
               show=_difference, order=lambda row: row.difference),
        Column(name="alike", label=gettext_lazy("Identical dossiers"), is_number=True, order=lambda row: row.alike),
        Column(name="seconds", label=gettext_lazy("Seconds for a decision"), is_number=True,
               order=lambda row: row.seconds),
        Column(name="marks", label=gettext_lazy("Stands out"), read=lambda row: "; ".join(_words(row)),
               show=_marks, order=lambda row: len(row.marks)),
    ]  # fmt: skip


class OutliersView(AdmittedMixin, TableView):
    needs = Action.INSPECT
    table_class = OutlierTable
    template_name = "dossiers/outliers.html"
    page_title = gettext_lazy("What stands out")
    lede = gettext_lazy(
        "Figures to ask about, not faults found. A good chapter may pass everyone; somebody should have looked."
    )

    @cached_property
    def years(self) -> list[int]:
        this_year = timezone.localdate().year
        return list(range(this_year, this_year - 5, -1))

    @cached_property
    def year(self) -> int:
        return next((year for year in self.years if str(year) == self.request.GET.get("year")), self.years[0])

    def get_rows(self) -> list[Standing]:
        return standing_out(self.user, self.year)

    def get_breadcrumbs(self) -> Trail:
        return office_trail(_("What stands out"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"year": self.year, "years": self.years}
