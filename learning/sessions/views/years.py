"""Sessions by the year: the plan, month by month, as list, file and paper; and what units held, added up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from interface.tables import Column, Empty, Table, TableView
from interface.years import year_asked
from learning.sessions.models import Session
from learning.sessions.papers import plan
from learning.sessions.rollup import Tally, tallies, total_of
from learning.sessions.views.trails import session_trail
from membership.admission import AdmittedMixin, FiguresMixin, admit, highest_unit, private_page
from membership.policy import Action
from papers.files import paper_response

_FIRST_YEAR = 2020


class OfYear(AdmittedMixin, TableView):
    """A list of one year, and the years before and after."""

    http_method_names = ["get", "head"]

    @cached_property
    def year(self) -> int:
        return year_of(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "years": [one for one in (self.year - 1, self.year, self.year + 1) if one in years_shown()],
        }


class PlanTable(Table):
    caption = gettext_lazy("The year's plan")
    filename = "ke-hoach-nam"
    row_address = "sessions:session"
    per_page = 100
    empty = Empty(gettext_lazy("Nothing is planned for this year yet"), illustration="notebook")
    columns = [
        Column(name="month", label=gettext_lazy("Month"), read=lambda row: timezone.localdate(row.starts_at).month),
        Column(name="session", label=gettext_lazy("Learning session"), read="title", is_heading=True),
        Column(name="when", label=gettext_lazy("When"), read="starts_at", show="when"),
        Column(name="days", label=gettext_lazy("Hours of each day"), read="when", is_shown=False),
        Column(name="place", label=gettext_lazy("Where?"), read="place"),
        Column(name="trainers", label=gettext_lazy("Who speaks"), read="trainers"),
        Column(name="unit", label=gettext_lazy("Held by"), read="unit.name"),
        Column(name="state", label=gettext_lazy("State of the session"), read="get_state_display"),
    ]


@method_decorator(never_cache, name="dispatch")
class PlanView(OfYear):
    needs = Action.ORGANISE
    table_class = PlanTable
    template_name = "sessions/plan.html"

    def get_rows(self) -> Any:
        return Session.objects.for_plan(self.user, self.year)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return session_trail((_("The year's plan"), ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Plan of sessions in %(year)s") % {"year": self.year}
        return super().get_context_data(**kwargs) | {"page_title": title}


@private_page
def plan_paper(request: HttpRequest, kind: str) -> HttpResponse:
    user = admit(request, Action.ORGANISE)
    unit, year = highest_unit(request, Action.ORGANISE), year_of(request)
    return paper_response(plan(unit, year, Session.objects.for_plan(user, year)), f"ke-hoach-{year}", kind)


class TallyTable(Table):
    caption = gettext_lazy("Sessions by unit")
    filename = "tong-hop-tap-huan"
    empty = Empty(gettext_lazy("Nothing was held in this year"), illustration="notebook")
    columns = [
        Column(name="unit", label=gettext_lazy("Unit"), is_heading=True,
               read=lambda row: row.unit.name if row.unit else _("Held by the unit itself"),
               link=lambda row: reverse("sessions:rollup", args=[row.unit.code]) if row.unit else ""),
        Column(name="sessions", label=gettext_lazy("Sessions held"), is_number=True),
        Column(name="open", label=gettext_lazy("Not closed yet"), is_number=True),
        Column(name="hours", label=gettext_lazy("Hours held"), is_number=True, read=lambda row: round(row.hours, 1)),
        Column(name="present", label=gettext_lazy("Times present"), is_number=True),
        Column(name="heads", label=gettext_lazy("People"), is_number=True, read=lambda row: row.people),
        Column(name="attended", label=gettext_lazy("Hours of all present"), is_number=True,
               read=lambda row: round(row.attended, 1)),
    ]  # fmt: skip


@method_decorator(never_cache, name="dispatch")
class RollupView(FiguresMixin, OfYear):
    table_class = TallyTable
    template_name = "sessions/rollup.html"

    @cached_property
    def rows(self) -> list[Tally]:
        return tallies(self.unit, self.year)

    def get_rows(self) -> Any:
        return self.rows

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return session_trail((_("Sessions by unit"), reverse("sessions:rollup")), (self.unit.name, ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Sessions in %(year)s: %(unit)s") % {"year": self.year, "unit": self.unit.name}
        about = {"page_title": title, "total": total_of(self.unit, self.year, self.rows)}
        return super().get_context_data(**kwargs) | about


def year_of(request: HttpRequest) -> int:
    return year_asked(request, years_shown())


def years_shown() -> range:
    return range(_FIRST_YEAR, timezone.localdate().year + 6)
