"""An officer's desk: a dossier for somebody without an account, marked as such and confirmed before it goes on."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_filters import FilterSet

from evaluation.criteria.models import ScoringRun
from evaluation.dossiers import actions
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.querysets.assisting import people_to_assist
from evaluation.dossiers.views import desk
from evaluation.dossiers.views import indicator as one_indicator
from evaluation.dossiers.views.desk import Desk
from evaluation.dossiers.views.trails import Trail, assist_trail
from interface.refusals import told_on_page
from interface.tables import Column, Empty, SearchFilter, Table, TableView
from membership.actions import log_file_access
from membership.admission import AdmittedMixin, admit, user_of
from membership.policy import Action
from membership.querysets import PersonQuerySet


class PeopleFilters(FilterSet):
    q = SearchFilter(gettext_lazy("Name or code"))


class PeopleTable(Table):
    caption = gettext_lazy("People without an account")
    filters_class = PeopleFilters
    filename = "ho-so-ho-tro"
    names_people = True
    empty = Empty(
        gettext_lazy("Nobody found"),
        gettext_lazy(
            "People within your reach who have no account appear here. Whoever has one writes their own dossier."
        ),
        illustration="magnifier",
    )

    def __init__(self, request: HttpRequest, rows: PersonQuerySet, year: int, *, is_scored: bool) -> None:
        super().__init__(request, rows)
        suggested = Column(name="suggested", label=_("Suggested points"), order=["suggested"], is_number=True,
                           show=lambda row: floatformat(row.suggested))  # fmt: skip
        self.columns = [
            Column(name="person", label=_("Person"), read="full_name", note="code", order=["sort_key"],
                   is_heading=True),
            Column(name="code", label=_("Code"), is_shown=False),
            Column(name="unit", label=_("Unit"), read="home_unit_name", order=["home_unit_name"]),
            *([suggested] if is_scored else []),
            Column(name="dossier", label=_("Dossier of %(year)s") % {"year": year},
                   template="dossiers/includes/assist_dossier.html", read=_state),
        ]  # fmt: skip


def _state(person: Any) -> str:
    return str(Dossier.State(person.dossier_state).label) if person.dossier_state else ""


class PeopleView(AdmittedMixin, TableView):
    """Those without an account within reach, with this year's dossier where there is one."""

    needs = Action.ASSIST
    template_name = "dossiers/assist.html"
    page_title = gettext_lazy("Write for someone without an account")
    lede = gettext_lazy(
        "You write what the person tells you. It is marked everywhere as written with help, and confirmed by the code "
        "that they sign or by a second officer."
    )

    @cached_property
    def scored_at(self) -> datetime.datetime | None:
        return ScoringRun.objects.finished_at(timezone.localdate().year)

    @cached_property
    def table(self) -> PeopleTable:
        year = timezone.localdate().year
        return PeopleTable(self.request, people_to_assist(self.user, year), year, is_scored=bool(self.scored_at))

    def get_breadcrumbs(self) -> Trail:
        return assist_trail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"scored_at": self.scored_at}


@login_required
@require_POST
def open_for(request: HttpRequest, person_pk: int) -> HttpResponse:
    helper, year = admit(request, Action.ASSIST), timezone.localdate().year
    person = get_object_or_404(people_to_assist(helper, year), pk=person_pk)
    with told_on_page(request):
        dossier = actions.open_dossier(person=person, year=year, by=helper, at=timezone.now())
        return redirect("dossiers:assist_write", pk=dossier.pk)
    return redirect("dossiers:assist")


@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    return desk.page(request, _opened(request, pk))


@login_required
def indicator(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return one_indicator.page(request, _opened(request, pk), number)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return desk.withdraw(request, assisting_desk(request, pk))


@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands in; or, with ``confirm`` in the form, confirms by code or as the second officer."""
    at = assisting_desk(request, pk)
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, at)
    return desk.handing_in(request, at, _("The dossier has been handed in for the person."))


@login_required
@require_POST
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """For a person without an account, who asked for it; the body above sees who filed it."""
    return desk.appeal(request, assisting_desk(request, pk))


def assisting_desk(request: HttpRequest, pk: int) -> Desk:
    dossiers = Dossier.objects.counting().assistable_by(admit(request, Action.ASSIST)).for_own_page()
    return Desk(get_object_or_404(dossiers, pk=pk), is_assisting=True)


def _opened(request: HttpRequest, pk: int) -> Desk:
    """For what shows the assessment itself: that an officer looked is noted."""
    at = assisting_desk(request, pk)
    if request.method == "GET":
        log_file_access(user=user_of(request), person=at.dossier.person, what="dossier", at=timezone.now())
    return at


def _confirm(request: HttpRequest, at: Desk) -> HttpResponse:
    code = request.POST.get("code", "") if request.POST["confirm"] == "code" else ""
    with told_on_page(request, denied=""):
        if request.POST["confirm"] == "code" and not code.strip():
            raise ValidationError(_("Enter the code from the paper that the person signed."))
        actions.confirm_assisted(dossier=at.dossier, by=user_of(request), at=timezone.now(), code=code)
        messages.success(request, _("What was entered is confirmed."))
    return redirect(at.confirm_url)
