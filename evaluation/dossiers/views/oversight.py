"""Above the bodies: appeals, inspection by lot, and what stands out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.dossiers import actions
from evaluation.dossiers.forms import AnswerForm, FindingForm, SampleForm
from evaluation.dossiers.models import Appeal, InspectionSample
from evaluation.dossiers.outliers import standing_out
from evaluation.dossiers.views.trails import office_trail
from membership.admission import admit
from membership.models import User
from membership.policy import Action

PER_PAGE = 25


@login_required
def appeals(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.HEAR_APPEALS)
    page = Paginator(Appeal.objects.for_list(user), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {"page_obj": page, "today": today, "breadcrumbs": office_trail(_("Appeals"))}
    return render(request, "dossiers/appeals.html", context)


@login_required
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.HEAR_APPEALS)
    found = get_object_or_404(Appeal.objects.for_list(user), pk=pk)
    form = AnswerForm(request.POST or None) if found.is_open else None
    if form is not None and request.method == "POST" and form.is_valid() and _answer(request, user, found, form):
        return redirect("dossiers:appeals")
    trail = office_trail(_("Appeals"), "dossiers:appeals", found.dossier.person.full_name)
    return render(request, "dossiers/appeal.html", {"appeal": found, "form": form, "breadcrumbs": trail})


@login_required
def samples(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.INSPECT)
    form = SampleForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            drawn = actions.draw_sample(**form.cleaned_data, by=user, at=timezone.now())
            return redirect("dossiers:sample", pk=drawn.pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    page = Paginator(InspectionSample.objects.for_list(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form, "breadcrumbs": office_trail(_("Inspection"))}
    return render(request, "dossiers/samples.html", context)


@login_required
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.INSPECT)
    found = get_object_or_404(InspectionSample.objects.for_page(user), pk=pk)
    rows = list(found.lines.all())
    if request.method == "POST":
        return _note(request, user, found, rows)
    trail = office_trail(_("Inspection"), "dossiers:samples", found.unit.name)
    context = {"sample": found, "rows": [(row, _finding_form(row, None)) for row in rows], "breadcrumbs": trail}
    return render(request, "dossiers/sample.html", context)


@login_required
def outliers(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.INSPECT)
    this_year = timezone.localdate().year
    years = list(range(this_year, this_year - 5, -1))
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else this_year
    page = Paginator(standing_out(user, year), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "year": year, "years": years, "breadcrumbs": office_trail(_("What stands out"))}
    return render(request, "dossiers/outliers.html", context)


def _answer(request: HttpRequest, user: User, found: Appeal, form: AnswerForm) -> bool:
    is_granted = form.cleaned_data["outcome"] == Appeal.Outcome.GRANTED
    try:
        actions.answer_appeal(
            appeal=found, is_granted=is_granted, answer=form.cleaned_data["answer"], by=user, at=timezone.now()
        )
    except (ValidationError, PermissionDenied) as refused:
        form.add_error(None, refused.messages if isinstance(refused, ValidationError) else [str(refused)])
        return False
    messages.success(request, _("The appeal is answered; the person reads your reasons."))
    return True


def _note(request: HttpRequest, user: User, found: InspectionSample, rows: list[Any]) -> HttpResponse:
    line = next((row for row in rows if str(row.pk) == request.POST.get("line")), None)
    form = _finding_form(line, request) if line is not None else None
    if line is None or form is None or not form.is_valid():
        messages.error(request, _("Say whether the decision is borne out."))
        return redirect("dossiers:sample", pk=found.pk)
    try:
        actions.note_finding(line=line, by=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The finding is noted."))
    except (ValidationError, PermissionDenied) as refused:
        messages.error(request, " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused))
    return redirect("dossiers:sample", pk=found.pk)


def _finding_form(line: Any, request: HttpRequest | None) -> FindingForm:
    initial = {"finding": line.finding, "note": line.note}
    return FindingForm(request.POST if request else None, prefix=str(line.pk), initial=initial)
