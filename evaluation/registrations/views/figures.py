"""Registered against recognised: by target group, and by unit."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from evaluation.registrations.tally import Counted, counted
from interface.tables import Column, Empty, Table, TableView
from interface.years import year_asked
from membership.admission import FiguresMixin

_FIRST_YEAR = 2022  # the national criteria are of that year


class TallyTable(Table):
    caption = gettext_lazy("Registered and recognised, by unit")
    filename = "dang-ky-va-cong-nhan"
    per_page = 100
    empty = Empty(gettext_lazy("Nobody registered or was recognised here in this year."), illustration="notebook")
    columns = [
        Column(name="unit", label=gettext_lazy("Unit"), is_heading=True, read="label",
               link=lambda row: _address(row.unit.code, row.year) if row.unit else ""),
        Column(name="registered", label=gettext_lazy("Registered"), is_number=True),
        Column(name="fulfilled", label=gettext_lazy("Of these recognised"), is_number=True),
        Column(name="recognised", label=gettext_lazy("Recognised in all"), is_number=True),
    ]  # fmt: skip


def _address(code: str, year: int) -> str:
    return f"{reverse('registrations:figures', args=[code])}?nam={year}"


@method_decorator(never_cache, name="dispatch")
class FiguresView(FiguresMixin, TableView):
    http_method_names = ["get", "head"]
    table_class = TallyTable
    template_name = "registrations/figures.html"

    @cached_property
    def year(self) -> int:  # type: ignore[override]
        return year_asked(self.request, self.years)

    @property
    def years(self) -> range:
        return range(timezone.localdate().year + 1, _FIRST_YEAR - 1, -1)

    @cached_property
    def found(self) -> Counted:
        return counted(self.unit, self.year, _("In no unit beneath"))

    def get_rows(self) -> Any:
        return self.found.units

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        figures = (_("Registered and recognised"), reverse("registrations:own_figures"))
        return [(_("Evaluation"), reverse("dossiers:queue")), figures, (self.unit.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values = {"year": self.year, "unit": self.unit.name}
        return super().get_context_data(**kwargs) | {
            "page_title": _("Registered and recognised in %(year)s: %(unit)s") % values,
            "found": self.found,
            "year": self.year,
            "years": self.years,
        }
