"""A unit's targets: the figures, the units beneath, files, and entering what only the unit knows. Its report for the
year, which goes up before 15 December: what it will say and its papers. And the public results, numbers only, the same
for everyone, kept by the page cache."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.dossiers.models import FollowUp
from evaluation.reporting.actions import FIRST_YEAR, enter_denominator
from evaluation.reporting.definitions import AIMS
from evaluation.reporting.figures import Overview, overview, with_gatherings
from evaluation.reporting.forms import DenominatorForm
from evaluation.reporting.lineage import lineage_of
from evaluation.reporting.models import Denominator, FrozenReport
from evaluation.reporting.public import public_results
from evaluation.reporting.received import due, received
from evaluation.reporting.report_papers import annex_of_seals, annual_report, in_groups
from evaluation.reporting.sheets import targets_sheet, units_sheet
from evaluation.reporting.spreads import spreads_of
from interface.refusals import told_in_form
from interface.sheets import csv_response, xlsx_response
from interface.years import year_asked
from learning.evidence.ledger.log import checkpoints_of_year
from membership.admission import admit, highest_unit, private_page, private_post, unit_with_figures
from membership.models import Unit
from membership.policy import Action, may
from membership.succession import Map, map_of
from papers.files import paper_response


@require_safe
@login_required
def own_targets(request: HttpRequest) -> HttpResponse:
    """To the highest unit whose figures the user may see."""
    return redirect("reporting:targets", unit_code=highest_unit(request, Action.VIEW_FIGURES).code)


@private_page
def targets(request: HttpRequest, unit_code: str) -> HttpResponse:
    today = timezone.localdate()
    return _targets_page(request, _asked(request, unit_code, today), None)


@require_safe
@login_required
def targets_file(request: HttpRequest, unit_code: str, kind: str) -> HttpResponseBase:
    today = timezone.localdate()
    found = _asked(request, unit_code, today)
    named = f"-ban-do-{found.by.day}" if _asks_for_todays_map(request) else ""
    filename = f"chi-tieu-{found.unit.code}-{found.year}{named}.{kind}"
    if kind == "csv":
        return csv_response(units_sheet(found), filename)
    return xlsx_response([targets_sheet(found), units_sheet(found)], filename)


@private_post
def enter(request: HttpRequest, unit_code: str) -> HttpResponse:
    today = timezone.localdate()
    year = _year(request, today)
    unit, by = _unit_and_map(request, unit_code, year, today)
    user = admit(request, Action.ENTER_FIGURES, unit)
    form = DenominatorForm(request.POST)
    if form.is_valid():
        asked: dict[str, Any] = {"unit": unit, "year": year, "by": user, "at": timezone.now()}
        with told_in_form(form):
            for measure, value in form.entered.items():
                enter_denominator(measure=measure, value=value, **asked)
            messages.success(request, _("The figures have been saved."))
            same_map = _same_map(request)
            return redirect(reverse("reporting:targets", args=[unit.code]) + f"?nam={year}{same_map}")
    return _targets_page(request, overview(unit, year, today, by), form)


@require_safe
@login_required
def own(request: HttpRequest, year: int) -> HttpResponse:
    """To the report of the highest unit whose figures the user may see."""
    return redirect("reporting:report", year=year, unit_code=highest_unit(request, Action.VIEW_FIGURES).code)


@private_page
def report(request: HttpRequest, year: int, unit_code: str) -> HttpResponse:
    today = timezone.localdate()
    found = _found(request, year, unit_code, today)
    day = due(year)
    seals = [(one, in_groups(one.root)) for one in checkpoints_of_year(year)]
    context = {
        "overview": found,
        "unit": found.unit,
        "due": day,
        "days_left": (day - today).days,
        "versions": FrozenReport.objects.for_list(found.unit, year),
        "may_send": may(request.user, Action.SEND_REPORTS, found.unit),
        "findings": FollowUp.objects.tally_in(found.unit.path, year, today),
        "beneath": received(found.unit, year, found.cutoff.day),
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "seals": seals,
        "breadcrumbs": [
            (_("Targets"), f"{reverse('reporting:targets', args=[found.unit.code])}?nam={year}"),
            (_("Report"), ""),
        ],
    }
    return render(request, "reporting/report.html", context)


@private_page
def paper(request: HttpRequest, year: str, unit_code: str, name: str, kind: str) -> HttpResponse:
    """báo cáo or its phụ lục, as PDF or .docx."""
    found = _found(request, int(year), unit_code, timezone.localdate())
    drawn = (
        annual_report(found)
        if name == "bao-cao"
        else annex_of_seals(found.unit, found.year, checkpoints_of_year(found.year))
    )
    return paper_response(drawn, f"{name}-{found.unit.code}-{found.year}", kind)


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/public.html", {"results": public_results(timezone.localdate())})


def _targets_page(request: HttpRequest, found: Overview, form: DenominatorForm | None) -> HttpResponse:
    may_enter = may(request.user, Action.ENTER_FIGURES, found.unit)
    context: dict[str, Any] = {
        "overview": found,
        "unit": found.unit,
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "spreads": spreads_of(found.figures, found.rows_with_people),
        "trail": _trail(request, found),
        "lineage": lineage_of(found),
        "is_past": not found.cutoff.is_provisional,
        "same_map": _same_map(request),
    }
    if may_enter and any(aim.entered_as for aim in AIMS.values()):
        context["form"] = form or DenominatorForm(initial=Denominator.objects.own_of(found.unit, found.year))
    return render(request, "reporting/targets.html", context, status=422 if form else 200)


def _trail(request: HttpRequest, found: Overview) -> list[tuple[str, str]]:
    """The units above as far up as the user may look."""
    above = [unit for unit in found.ancestors if may(request.user, Action.VIEW_FIGURES, unit)]
    steps = [(unit.name, reverse("reporting:targets", args=[unit.code]) + f"?nam={found.year}") for unit in above]
    return [*steps, (found.unit.name, "")]


def _asked(request: HttpRequest, unit_code: str, today: datetime.date) -> Overview:
    year = _year(request, today)
    unit, by = _unit_and_map(request, unit_code, year, today)
    return overview(unit, year, today, by)


def _unit_and_map(request: HttpRequest, code: str, year: int, today: datetime.date) -> tuple[Unit, Map | None]:
    """As of then, or by today's map where that is asked for."""
    if _asks_for_todays_map(request):
        return unit_with_figures(request, code, today.year), map_of(today)
    return unit_with_figures(request, code, year), None


def _asks_for_todays_map(request: HttpRequest) -> bool:
    return request.GET.get("ban-do") == "hom-nay"


def _same_map(request: HttpRequest) -> str:
    return "&ban-do=hom-nay" if _asks_for_todays_map(request) else ""


def _year(request: HttpRequest, today: datetime.date) -> int:
    return year_asked(request, range(FIRST_YEAR, today.year + 1))


def _found(request: HttpRequest, year: int, unit_code: str, today: datetime.date) -> Overview:
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    return with_gatherings(overview(unit_with_figures(request, unit_code, year), year, today))
