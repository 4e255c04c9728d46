"""An officer's list: who of their people registered for a year, to be ticked from signed paper or read from a file."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters import ChoiceFilter, FilterSet
from wagtail.log_actions import log

from evaluation.dossiers.models import Dossier
from evaluation.registrations import actions
from evaluation.registrations.models import Registration, open_years
from evaluation.registrations.paper import MOST_ON_PAPER, form_paper, list_paper
from evaluation.registrations.querysets import people_to_register
from evaluation.registrations.registered_sheet import RegisteredSheet
from intake.models import Import
from intake.pages import ImportPage, PlanView, UploadView
from interface.tables import Column, Empty, Outcome, RowAction, SearchFilter, Table, TableView, each, mark
from interface.years import year_asked
from membership.admission import AdmittedMixin, admit, highest_unit, private_page, user_of
from membership.models import Person, TargetGroup
from membership.people_sheet import PeopleSheetForm
from membership.policy import Action
from papers.files import paper_response

_YES, _NO = "roi", "chua"
_REGISTERED, _NOT_REGISTERED = gettext_lazy("Registered"), gettext_lazy("Not registered")
Trail = list[tuple[str, str]]


class PeopleFilters(FilterSet):
    q = SearchFilter(gettext_lazy("Name or code"))
    dang_ky = ChoiceFilter(
        label=gettext_lazy("Registered"),
        choices=((_YES, _REGISTERED), (_NO, _NOT_REGISTERED)),
        empty_label=gettext_lazy("All"),
        method="of",
    )

    def of(self, rows: Any, _name: str, chosen: str) -> Any:
        return rows.filter(registration__isnull=chosen == _NO)


def _year_of(request: HttpRequest) -> int:
    return year_asked(request, open_years(timezone.localdate()))


def _note(rows: Sequence[Any], _said: dict[str, Any], request: HttpRequest) -> Outcome:
    user, year = user_of(request), _year_of(request)
    people = Person.objects.filter(pk__in=[row.pk for row in rows])
    way = Registration.Way.PAPER
    new = set(actions.note(people=people, year=year, way=way, by=user, at=timezone.now()))
    left = [row for row in rows if row.pk not in new and not row.registration]
    own = _("Register yourself on your own page.")
    why = _("Withdrew their consent, or asked not to use their data for now: nothing is written")
    return Outcome(len(new), [(row, own if row.pk == user.person_id else why) for row in left])


def _take_back(row: Any, _said: dict[str, Any], request: HttpRequest) -> None:
    registration = Registration.objects.filter(pk=row.registration).first()
    if registration:
        actions.take_back(registration=registration, by=user_of(request), at=timezone.now())


def _group(row: Any) -> str:
    return str(TargetGroup(row.target_group).label)


def _dossier(row: Any) -> str:
    return str(Dossier.State(row.dossier_state).label) if row.dossier_state else ""


def _state(row: Any) -> str:
    return str(_REGISTERED if row.registration else _NOT_REGISTERED)


class PeopleTable(Table):
    caption = gettext_lazy("Registrations")
    filename = "dang-ky-phan-dau"
    names_people = True
    filters_class = PeopleFilters
    per_page = 50
    empty = Empty(
        gettext_lazy("Nobody found"),
        gettext_lazy("People of your units appear here once they are on your list."),
        illustration="magnifier",
    )
    actions = [
        RowAction(name="note", label=gettext_lazy("Note that they register"), icon="check", run=_note,
                  may_choose=lambda row: not row.registration),
        RowAction(name="take_back", label=gettext_lazy("Take back what was noted"), icon="x", run=each(_take_back),
                  may_choose=lambda row: bool(row.registration) and row.way != Registration.Way.PAGE),
    ]  # fmt: skip
    columns = [
        Column(name="person", label=gettext_lazy("Person"), read="full_name", note="code", order=["sort_key"],
               is_heading=True),
        Column(name="code", label=gettext_lazy("Code"), is_shown=False),
        Column(name="unit", label=gettext_lazy("Unit"), read="home_unit_name", order=["home_unit_name"]),
        Column(name="group", label=gettext_lazy("Target group"), read=_group),
        Column(name="registered", label=gettext_lazy("Registered"), read=_state, order=["registered_at"],
               show=lambda row: mark(_state(row), "ok" if row.registration else "")),
        Column(name="on", label=gettext_lazy("Registered on"), read="registered_at"),
        Column(name="how", label=gettext_lazy("Way of registering"),
               read=lambda row: str(Registration.Way(row.way).label) if row.way else ""),
        Column(name="dossier", label=gettext_lazy("Dossier of the year"), read=_dossier),
    ]  # fmt: skip

    def name_of(self, row: Any) -> str:
        return str(row.full_name)


class PeopleView(AdmittedMixin, TableView):
    needs = Action.ASSIST
    table_class = PeopleTable
    template_name = "registrations/people.html"
    lede = gettext_lazy(
        "Who strives for the title says so at the beginning of the year: on their own page, or by signing a list that "
        "you tick here. Nobody has to register; a dossier can be written without it."
    )

    @cached_property
    def year(self) -> int:
        return _year_of(self.request)

    def get_rows(self) -> Any:
        return people_to_register(self.user, self.year, timezone.localdate())

    def get_breadcrumbs(self) -> Trail:
        return office_trail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Registrations to strive for the title in %(year)s") % {"year": self.year}
        years = open_years(timezone.localdate())
        return super().get_context_data(**kwargs) | {"page_title": title, "year": self.year, "years": years}


def office_trail(last: str = "") -> Trail:
    trail = [(_("Evaluation"), reverse("dossiers:queue"))]
    here = (_("Registrations"), reverse("registrations:people") if last else "")
    return [*trail, here, (last, "")] if last else [*trail, here]


@private_page
def print_list(request: HttpRequest) -> HttpResponse:
    """Of who has not registered, the first some hundred as searched for; the log says who took it away."""
    user, year = admit(request, Action.ASSIST), _year_of(request)
    unit = highest_unit(request, Action.ASSIST)
    rows = people_to_register(user, year, timezone.localdate()).filter(registration=None)
    people = list(rows.matching(request.GET.get("q", ""))[:MOST_ON_PAPER])
    data = {"people": len(people), "year": year}
    log(instance=unit, action="registrations.print_list", user=user, title=unit.name, data=data)
    return paper_response(list_paper(unit, year, people), f"danh-sach-dang-ky-{year}", "pdf")


@private_page
def blank(request: HttpRequest) -> HttpResponse:
    """The form with dots, to be copied."""
    admit(request, Action.ASSIST)
    unit, year = highest_unit(request, Action.ASSIST), _year_of(request)
    return paper_response(form_paper(year, unit.name), f"phieu-dang-ky-{year}", "pdf")


class SheetPage(ImportPage):
    kind = RegisteredSheet
    page_title = gettext_lazy("Registrations from a spreadsheet")
    upload_page, plan_page = "registrations:sheet", "registrations:sheet_plan"

    @property
    def scope(self) -> str:
        return str(self.kwargs["year"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lede = _("Registrations to strive for the title in %(year)s") % {"year": self.scope}
        return super().get_context_data(**kwargs) | {"lede": lede, "breadcrumbs": office_trail(_("Spreadsheet"))}


class SheetView(SheetPage, UploadView):
    form_class = PeopleSheetForm


class SheetPlanView(SheetPage, PlanView):
    def answer(self, batch: Import) -> HttpResponse:
        count = batch.details.get("noted", 0)
        text = ngettext("%(count)d person is registered now.", "%(count)d people are registered now.", count)
        if batch.problem:
            messages.error(self.request, batch.problem)
        else:
            messages.success(self.request, text % {"count": count})
        return redirect(f"{reverse('registrations:people')}?nam={self.scope}")
