"""A unit's targets: the figures, the units beneath, files, and entering what only the unit knows."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evaluation.reporting.actions import FIRST_YEAR, enter_denominator
from evaluation.reporting.forms import DenominatorForm
from evaluation.reporting.models import Denominator
from evaluation.reporting.overview import Overview, overview
from evaluation.reporting.sheets import targets_sheet, units_sheet
from interface.sheets import csv_response, xlsx_response
from membership.admission import highest_unit, user_of
from membership.models import Unit, User
from membership.policy import Action, may, reach


@require_safe
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """To the highest unit whose figures the user may see."""
    return redirect("reporting:targets", unit_code=highest_unit(request, Action.VIEW_FIGURES).code)


@require_safe
@login_required
@never_cache
def targets(request: HttpRequest, unit_code: str) -> HttpResponse:
    today = timezone.localdate()
    year = _year(request, today)
    unit = unit_at(request, unit_code, year, today)
    return _targets_page(request, overview(unit, year, today), None)


@require_safe
@login_required
def targets_file(request: HttpRequest, unit_code: str, kind: str) -> HttpResponseBase:
    today = timezone.localdate()
    year = _year(request, today)
    found = overview(unit_at(request, unit_code, year, today), year, today)
    filename = f"chi-tieu-{found.unit.code}-{year}.{kind}"
    if kind == "csv":
        return csv_response(units_sheet(found), filename)
    return xlsx_response([targets_sheet(found), units_sheet(found)], filename)


@require_POST
@login_required
def enter(request: HttpRequest, unit_code: str) -> HttpResponse:
    today = timezone.localdate()
    year = _year(request, today)
    unit = unit_at(request, unit_code, year, today)
    form = DenominatorForm(request.POST)
    if form.is_valid() and _enter(form, unit, year, user_of(request)):
        messages.success(request, _("The figures have been saved."))
        return redirect(reverse("reporting:targets", args=[unit.code]) + f"?nam={year}")
    return _targets_page(request, overview(unit, year, today), form)


def _enter(form: DenominatorForm, unit: Unit, year: int, user: User) -> bool:
    try:
        for measure, value in form.entered.items():
            enter_denominator(unit=unit, year=year, measure=measure, value=value, by=user, at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _targets_page(request: HttpRequest, found: Overview, form: DenominatorForm | None) -> HttpResponse:
    may_enter = may(request.user, Action.ENTER_FIGURES, found.unit)
    context: dict[str, Any] = {
        "overview": found,
        "unit": found.unit,
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "trail": _trail(request, found),
    }
    if may_enter:
        context["form"] = form or DenominatorForm(initial=Denominator.objects.own_of(found.unit, found.year))
    return render(request, "reporting/targets.html", context, status=422 if form else 200)


def _trail(request: HttpRequest, found: Overview) -> list[tuple[str, str]]:
    """The units above as far up as the user may look."""
    above = [unit for unit in found.ancestors if may(request.user, Action.VIEW_FIGURES, unit)]
    steps = [(unit.name, reverse("reporting:targets", args=[unit.code]) + f"?nam={found.year}") for unit in above]
    return [*steps, (found.unit.name, "")]


def unit_at(request: HttpRequest, code: str, year: int, today: datetime.date) -> Unit:
    """The unit that bore the code at the end of the year (or bears it today); 404 beyond the user's reach."""
    candidates = Unit.objects.filter(reach(request.user, Action.VIEW_FIGURES), code=code)
    day = min(today, datetime.date(year, 12, 31))
    unit = candidates.on(day).first() or candidates.order_by("-valid_from").first()
    if unit is None:
        raise Http404
    return unit


def _year(request: HttpRequest, today: datetime.date) -> int:
    typed = request.GET.get("nam", "")
    if not typed:
        return today.year
    if not (typed.isascii() and typed.isdecimal() and FIRST_YEAR <= int(typed[:5]) <= today.year):
        raise Http404
    return int(typed)
