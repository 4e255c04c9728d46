"""Who of a unit has been trained in the criteria. Shares are for who may see figures; names for who looks after people
there, and that they looked is noted."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, FilterSet
from wagtail.log_actions import log

from evaluation.reporting.definitions import Measure
from evaluation.reporting.figures import Figure, Overview, overview
from evaluation.reporting.trained import UNTRAINED, people_trained
from interface.tables import Column, Empty, SearchFilter, Table, TableView, mark
from membership.admission import unit_with_figures
from membership.models import Unit
from membership.policy import Action, may
from membership.registries.people import row_actions

MOST_NAMED = 20_000  # a larger unit's names are shown as one looks for them
_YES, _NO = "roi", "chua"
_TRAINED, _UNTRAINED = gettext_lazy("Trained"), gettext_lazy("Not trained yet")


class TrainedFilters(FilterSet):
    q = SearchFilter(gettext_lazy("Name or code"))
    da_hoc = ChoiceFilter(
        label=gettext_lazy("Trained"),
        choices=((_YES, _TRAINED), (_NO, _UNTRAINED)),
        empty_label=gettext_lazy("All"),
        method="of",
    )

    def of(self, rows: Any, _name: str, chosen: str) -> Any:
        return rows.filter(has_studied=chosen == _YES)


def _state(row: Any) -> str:
    return str(_TRAINED if row.has_studied else _UNTRAINED)


class TrainedTable(Table):
    caption = gettext_lazy("Who has been trained in the criteria")
    filename = "da-hoc-bo-tieu-chi"
    names_people = True
    filters_class = TrainedFilters
    per_page = 50
    empty = Empty(gettext_lazy("Nobody here counts as a cadre or member."), illustration="notebook")
    columns = [
        Column(name="name", label=gettext_lazy("Full name"), read="person.full_name", order=["person__sort_key"],
               is_heading=True),
        Column(name="code", label=gettext_lazy("Code"), read="person.code", order=["person__code"]),
        Column(name="unit", label=gettext_lazy("Unit"), read="unit.name", order=["unit__path"]),
        Column(name="trained", label=_TRAINED, read=_state, order=["has_studied"],
               show=lambda row: mark(_state(row), "ok" if row.has_studied else "warning")),
        Column(name="by", label=gettext_lazy("By what"), read="trained_by"),
        Column(name="on", label=gettext_lazy("Trained on"), read="trained_on", order=["trained_on"]),
    ]  # fmt: skip
    actions = row_actions

    def key_of(self, row: Any) -> Any:
        """Of the person: what is done, is done with people."""
        return row.person_id

    def name_of(self, row: Any) -> str:
        return str(row.person.full_name)


class TrainedView(LoginRequiredMixin, TableView):
    http_method_names = ["get", "head"]
    table_class = TrainedTable
    template_name = "reporting/trained.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and self.shows_names:
            data = {"unit": self.unit.pk}
            title = str(TrainedTable.caption)
            log(instance=self.unit, action="reporting.see_names", user=request.user, title=title, data=data)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def unit(self) -> Unit:
        return unit_with_figures(self.request, self.kwargs["unit_code"], timezone.localdate().year)

    @cached_property
    def found(self) -> Overview:
        today = timezone.localdate()
        return overview(self.unit, today.year, today)

    @cached_property
    def may_see_names(self) -> bool:
        return may(self.request.user, Action.VIEW_PEOPLE, self.unit)

    @cached_property
    def is_too_large(self) -> bool:
        asks = self.request.GET.get("q", "").strip() or "export" in self.request.GET
        return self.may_see_names and not asks and (_studied(self.found.figures).denominator or 0) > MOST_NAMED

    @property
    def shows_names(self) -> bool:
        return self.may_see_names and not self.is_too_large

    def get_rows(self) -> Any:
        rows = people_trained(self.unit, timezone.localdate())
        return rows if self.shows_names else rows.none()

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        above = [unit for unit in self.found.ancestors if may(self.request.user, Action.VIEW_FIGURES, unit)]
        steps = [(unit.name, reverse("reporting:trained", args=[unit.code])) for unit in above]
        return [(_("Targets"), reverse("reporting:targets", args=[self.unit.code])), *steps, (self.unit.name, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.shows_names:
            self.table.empty = None  # that no names are shown does not mean that nobody is there
        elif self.table.forgetting_url:
            self.table.empty = Empty(_("Nobody here fits the filter."), illustration="magnifier")
        figure = _studied(self.found.figures)
        return super().get_context_data(**kwargs) | {
            "page_title": _("Trained in the criteria: %(unit)s") % {"unit": self.unit.name},
            "unit": self.unit,
            "figure": figure,
            "beneath": _beneath(self.found),
            "cutoff": self.found.cutoff,
            "is_too_large": self.is_too_large,
            "shows_names": self.shows_names,
            "untrained": UNTRAINED,
            "may_call": self.may_see_names and may(self.request.user, Action.ORGANISE, self.unit),
            "is_anybody_missing": figure.numerator < (figure.denominator or 0),
        }


def _studied(figures: list[Figure]) -> Figure:
    return next(figure for figure in figures if figure.definition.key == Measure.STUDIED_CRITERIA)


def _beneath(found: Overview) -> list[tuple[Unit, Figure]]:
    return [(row.unit, _studied(row.figures)) for row in found.rows_with_people if row.unit]
