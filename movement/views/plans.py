"""Work plans: units with their plan of a year, one plan, what is due anywhere within reach, and opening one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import ChoiceFilter, FilterSet

from interface.refusals import told_in_form
from interface.tables import Column, Empty, SearchFilter, Table, TableView, mark
from interface.years import year_asked
from membership.admission import AdmittedMixin, admit, private_form, private_page
from membership.choosing import UnitFilter
from membership.policy import Action, may
from movement import actions
from movement.forms.plans import PlanForm
from movement.models import PlanTask, WorkPlan
from movement.paper import plan_paper
from movement.views.pages import Trail, form_page
from movement.yearly import planning_units, units_with_plans
from papers.files import paper_response

State = PlanTask.State
_FIRST_YEAR = 2022  # the province's plan is of that year
_TONES = {State.DONE: "ok"}
_YES, _NO = "roi", "chua"


class UnitFilters(FilterSet):
    q = SearchFilter(gettext_lazy("Name or code"))
    co_ke_hoach = ChoiceFilter(
        label=gettext_lazy("Plan"),
        choices=((_YES, gettext_lazy("open")), (_NO, gettext_lazy("none yet"))),
        empty_label=gettext_lazy("All"),
        method="having",
    )

    def having(self, rows: Any, _name: str, chosen: str) -> Any:
        return rows.filter(plan__isnull=chosen == _NO)


class PlansTable(Table):
    caption = gettext_lazy("Work plans")
    filename = "ke-hoach-cong-tac"
    per_page = 50
    filters_class = UnitFilters
    empty = Empty(gettext_lazy("No unit found"), illustration="magnifier")
    columns = [
        Column(name="unit", label=gettext_lazy("Unit"), read="name", is_heading=True, order=["path"],
               link=lambda row: reverse("movement:plan", args=[row.plan]) if row.plan else ""),
        Column(name="has", label=gettext_lazy("Plan"), read=lambda row: bool(row.plan),
               show=lambda row: _("open") if row.plan else mark(_("none yet"), "warning")),
        Column(name="planned", label=pgettext_lazy("tasks", "Number"), read=lambda row: row.planned or 0,
               is_number=True),
        Column(name="done", label=pgettext_lazy("tasks", "Done"), read=lambda row: row.done or 0, is_number=True),
        Column(name="late", label=pgettext_lazy("tasks", "Late"), read=lambda row: row.late or 0, is_number=True,
               show=lambda row: mark(row.late, "warning") if row.late else "0"),
    ]  # fmt: skip


def _due(row: PlanTask) -> str:
    day = row.due_on.strftime("%d/%m/%Y")
    return mark(day, "warning") if row.is_open and row.due_on < timezone.localdate() else day


class TaskFilters(FilterSet):
    q = SearchFilter(gettext_lazy("What is to be done, or who"))
    trang_thai = ChoiceFilter(
        label=pgettext_lazy("task", "State"), field_name="state", choices=State.choices, empty_label=gettext_lazy("All")
    )


class TaskTable(Table):
    caption = gettext_lazy("Tasks of the plan")
    filename = "viec-trong-ke-hoach"
    per_page = 100
    filters_class = TaskFilters
    row_address = "movement:task"
    empty = Empty(gettext_lazy("No tasks yet"), illustration="notebook")
    columns = [
        Column(name="title", label=gettext_lazy("What is to be done"), is_heading=True,
               note=lambda row: _("Clause %(clause)s") % {"clause": row.clause} if row.clause else ""),
        Column(name="clause", label=gettext_lazy("Clause"), is_shown=False),
        Column(name="due", label=gettext_lazy("By when"), read="due_on", show=_due, order=["due_on"]),
        Column(name="leads", label=gettext_lazy("Who leads"), note="helps"),
        Column(name="helps", label=gettext_lazy("Who helps"), is_shown=False),
        Column(name="state", label=pgettext_lazy("task", "State"), read="get_state_display", order=["state"],
               show=lambda row: mark(row.get_state_display(), _TONES.get(row.state, ""))),
        Column(name="result", label=gettext_lazy("What came of it"), is_shown=False),
        Column(name="papers", label=gettext_lazy("Papers"), is_number=True),
    ]  # fmt: skip


class DueFilters(TaskFilters):
    don_vi = UnitFilter(lambda user: _units_of(user), "plan__unit__path")


class DueTable(TaskTable):
    caption = gettext_lazy("Tasks that are late or due within two weeks")
    filename = "viec-den-han"
    filters_class = DueFilters
    empty = Empty(gettext_lazy("Nothing is due within two weeks"), illustration="notebook")
    columns = [*TaskTable.columns[:3], Column(name="unit", label=gettext_lazy("Unit"), read="plan.unit.name",
               order=["plan__unit__path"]), *TaskTable.columns[3:]]  # fmt: skip


def _units_of(user: Any) -> Any:
    return planning_units(user, timezone.localdate())


def plans_trail(*further: tuple[str, str]) -> Trail:
    return [(_("Work plans"), reverse("movement:plans") if further else ""), *further]


class PlansView(AdmittedMixin, TableView):
    needs = Action.VIEW_FIGURES
    table_class = PlansTable
    template_name = "movement/plans.html"
    lede = gettext_lazy("Which units have a plan of the year, and how far each has come.")

    @cached_property
    def year(self) -> int:
        return year_asked(self.request, range(_FIRST_YEAR, timezone.localdate().year + 2))

    def get_rows(self) -> Any:
        return units_with_plans(self.user, self.year, timezone.localdate())

    def get_breadcrumbs(self) -> Trail:
        return plans_trail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        this_year = timezone.localdate().year
        return super().get_context_data(**kwargs) | {
            "page_title": _("Work plans of %(year)s") % {"year": self.year},
            "year": self.year,
            "years": [year for year in (this_year + 1, this_year, this_year - 1) if year >= _FIRST_YEAR],
            "can_plan": may(self.user, Action.SEND_REPORTS),
            "keeps_template": may(self.user, Action.MANAGE_CRITERIA),
        }


class PlanView(AdmittedMixin, TableView):
    needs = Action.VIEW_FIGURES
    table_class = TaskTable
    template_name = "movement/plan.html"

    @cached_property
    def plan(self) -> WorkPlan:
        return get_object_or_404(WorkPlan.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def get_rows(self) -> Any:
        return PlanTask.objects.for_list(self.user).filter(plan=self.plan)

    def get_breadcrumbs(self) -> Trail:
        return plans_trail((str(self.plan), ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values = {"unit": self.plan.unit.name, "year": self.plan.year}
        return super().get_context_data(**kwargs) | {
            "page_title": _("Work plan of %(year)s: %(unit)s") % values,
            "plan": self.plan,
            "can_plan": may(self.user, Action.SEND_REPORTS, self.plan.unit),
        }


class DueView(AdmittedMixin, TableView):
    needs = Action.VIEW_FIGURES
    table_class = DueTable
    page_title = gettext_lazy("Tasks that are due")
    lede = gettext_lazy("Of all units that you see: what is late, and what is due within two weeks.")

    def get_rows(self) -> Any:
        return PlanTask.objects.for_list(self.user).due_soon(timezone.localdate())

    def get_breadcrumbs(self) -> Trail:
        return plans_trail((_("Tasks that are due"), ""))


@private_form
def open_plan(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.SEND_REPORTS)
    units = planning_units(user, timezone.localdate())
    form = PlanForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            plan = actions.open_plan(by=user, at=timezone.now(), **form.cleaned_data)
            return redirect("movement:plan", pk=plan.pk)
    title = _("Open a work plan")
    lede = _("You then change what it begins with: days, who leads, and tasks of your own.")
    return form_page(request, form, title, plans_trail((title, "")), lede, _("Open the plan"))


@private_page
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in ("pdf", "docx"):
        raise Http404
    user = admit(request, Action.VIEW_FIGURES)
    plan = get_object_or_404(WorkPlan.objects.visible_to(user), pk=pk)
    return paper_response(plan_paper(plan, plan.tasks.all()), f"ke-hoach-cong-tac-{plan.year}", kind)
