"""A unit's report for the year, which goes up before 15 December: what it will say, and its papers."""

import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaluation.recognition.papers.download import paper_response
from evaluation.reporting.actions import FIRST_YEAR
from evaluation.reporting.models import FrozenReport
from evaluation.reporting.overview import Overview, overview
from evaluation.reporting.received import due, received
from evaluation.reporting.report_papers import annex_of_seals, annual_report, in_groups
from evaluation.reporting.views.targets import unit_at
from learning.evidence.ledger.log import checkpoints_of_year
from membership.admission import highest_unit
from membership.policy import Action, may


@require_safe
@login_required
def own(request: HttpRequest, year: int) -> HttpResponse:
    """To the report of the highest unit whose figures the user may see."""
    return redirect("reporting:report", year=year, unit_code=highest_unit(request, Action.VIEW_FIGURES).code)


@require_safe
@login_required
@never_cache
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
        "beneath": received(found.unit, year, found.cutoff.day),
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "seals": seals,
        "breadcrumbs": [
            (_("Targets"), f"{reverse('reporting:targets', args=[found.unit.code])}?nam={year}"),
            (_("Report"), ""),
        ],
    }
    return render(request, "reporting/report.html", context)


@require_safe
@login_required
@never_cache
def paper(request: HttpRequest, year: str, unit_code: str, name: str, kind: str) -> HttpResponse:
    """báo cáo or its phụ lục, as PDF or .docx."""
    found = _found(request, int(year), unit_code, timezone.localdate())
    drawn = (
        annual_report(found)
        if name == "bao-cao"
        else annex_of_seals(found.unit, found.year, checkpoints_of_year(found.year))
    )
    return paper_response(drawn, f"{name}-{found.unit.code}-{found.year}", kind)


def _found(request: HttpRequest, year: int, unit_code: str, today: datetime.date) -> Overview:
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    return overview(unit_at(request, unit_code, year, today), year, today)
