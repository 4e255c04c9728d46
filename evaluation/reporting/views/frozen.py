"""A report's frozen versions: freezing one, reading it, its papers to the byte, and to whom it went."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache

from evaluation.reporting.actions import FIRST_YEAR, StaleError, freeze_report, note_sending
from evaluation.reporting.figures import cutoff, overview
from evaluation.reporting.forms import FreezeForm, SendingForm
from evaluation.reporting.frozen import contents_of, differences, digest
from evaluation.reporting.models import FrozenPaper, FrozenReport, ReportSending
from evaluation.reporting.report_papers import in_groups, receiver_of
from interface.refusals import told_in_form
from membership.admission import admit, private_page, private_post, unit_with_figures
from membership.models import Unit
from membership.policy import Action, may
from papers.word import WORD

_SENT = gettext_lazy("The sending is noted. The e-mail goes out as soon as the mail server takes it.")
_MIMES = {"pdf": "application/pdf", "docx": WORD, "json": "application/json"}
Trail = list[tuple[str, str]]


@login_required
@never_cache
def freeze(request: HttpRequest, year: int, unit_code: str) -> HttpResponse:
    """The next version of a report: asked for on one page, frozen when it is sent in."""
    today = timezone.localdate()
    unit = _unit(request, year, unit_code, today)
    user = admit(request, Action.SEND_REPORTS, unit)
    last_day = cutoff(year, today).day
    form = FreezeForm(request.POST or None, last_day=last_day, initial=_initial(unit, year, last_day))
    stale: FrozenReport | None = None
    if request.method == "POST" and form.is_valid():
        try:
            report = freeze_report(unit=unit, year=year, by=user, at=timezone.now(), **form.cleaned_data)
        except StaleError as error:
            stale = error.report
            form = FreezeForm(last_day=last_day, initial=_initial(unit, year, last_day, **form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Version %(number)s is frozen.") % {"number": report.number})
            return redirect(_address(report))
    context = {
        "form": form,
        "unit": unit,
        "year": year,
        "number": form["number"].value(),
        "stale": stale,
        "breadcrumbs": [*_trail(unit, year), (_("Freeze a version"), "")],
    }
    return render(request, "reporting/freeze.html", context, status=422 if form.errors or stale else 200)


@private_page
def version(request: HttpRequest, year: int, unit_code: str, number: int) -> HttpResponse:
    return _version_page(request, _report(request, year, unit_code, number), None)


@private_post
def send(request: HttpRequest, year: int, unit_code: str, number: int) -> HttpResponse:
    """Notes a sending, or sends by e-mail."""
    report = _report(request, year, unit_code, number)
    user = admit(request, Action.SEND_REPORTS, report.unit)
    form = SendingForm(request.POST)
    if form.is_valid():
        with told_in_form(form):
            note_sending(report=report, by=user, at=timezone.now(), **form.cleaned_data)
            is_mailed = form.cleaned_data["way"] == ReportSending.Way.MAIL
            messages.success(request, _SENT if is_mailed else _("The sending is noted."))
            return redirect(_address(report) + "#sendings")
    return _version_page(request, report, form)


@private_page
def paper(request: HttpRequest, year: str, unit_code: str, number: str, name: str, kind: str) -> HttpResponse:
    """As it was drawn when it was frozen."""
    report = _report(request, int(year), unit_code, int(number))
    kept = get_object_or_404(FrozenPaper, report=report, name=name, kind=kind)
    return _download(bytes(kept.content), f"{name}-{unit_code}-{year}-ban-{number}.{kind}", kind)


@private_page
def figures_file(request: HttpRequest, year: int, unit_code: str, number: int) -> HttpResponse:
    """The bytes whose digest stands on the annex."""
    report = _report(request, year, unit_code, number)
    return _download(report.content.encode(), "so-lieu.json", "json")


def _version_page(request: HttpRequest, report: FrozenReport, form: SendingForm | None) -> HttpResponse:
    contents, today = contents_of(report.content), timezone.localdate()
    before = FrozenReport.objects.of(report.unit, report.year).filter(number=report.number - 1).first()
    live = overview(report.unit, report.year, today)
    context: dict[str, Any] = {
        "report": report,
        "unit": report.unit,
        "contents": contents,
        "papers": report.papers.defer("content"),
        "is_intact": digest(report.content.encode()) == report.sha256,
        "sha256": in_groups(report.sha256),
        "before": before,
        "changes": differences(contents_of(before.content).figures, contents.figures) if before else [],
        "since": [] if live.cutoff.is_behind else differences(contents.figures, live.figures),
        "seals": [(seal, in_groups(seal.root)) for seal in contents.seals],
        "breadcrumbs": [
            *_trail(report.unit, report.year),
            (pgettext("report", "Version %(number)s") % {"number": report.number}, ""),
        ],
    }
    if may(request.user, Action.SEND_REPORTS, report.unit):
        context["form"] = form or SendingForm(initial={"recipient": receiver_of(report.unit), "sent_on": today})
    return render(request, "reporting/version.html", context, status=422 if form else 200)


def _initial(unit: Unit, year: int, last_day: datetime.date, **typed: Any) -> dict[str, Any]:
    """The next version goes on from what the one before says, or from what was typed already."""
    before = FrozenReport.objects.of(unit, year).first()
    said = {
        "day": last_day,
        "paper_number": before.paper_number if before else "",
        "remarks": contents_of(before.content).remarks if before else "",
    }
    return said | typed | {"number": before.number + 1 if before else 1}


def _unit(request: HttpRequest, year: int, unit_code: str, today: datetime.date) -> Unit:
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    return unit_with_figures(request, unit_code, year)


def _report(request: HttpRequest, year: int, unit_code: str, number: int) -> FrozenReport:
    unit = _unit(request, year, unit_code, timezone.localdate())
    return get_object_or_404(FrozenReport.objects.for_page(), unit=unit, year=year, number=number)


def _address(report: FrozenReport) -> str:
    return reverse("reporting:version", args=[report.year, report.unit.code, report.number])


def _trail(unit: Unit, year: int) -> Trail:
    return [
        (_("Targets"), f"{reverse('reporting:targets', args=[unit.code])}?nam={year}"),
        (_("Report"), reverse("reporting:report", args=[year, unit.code])),
    ]


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=_MIMES[kind], headers=headers)
