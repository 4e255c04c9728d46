"""An officer's desk: a dossier for somebody without an account, marked as such and confirmed before it goes on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evaluation.criteria.models import ScoringRun
from evaluation.dossiers import actions
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.querysets.dossiers import people_to_assist
from evaluation.dossiers.views import desk
from evaluation.dossiers.views.desk import Desk
from evaluation.dossiers.views.trails import assist_trail
from membership.actions import log_file_access
from membership.admission import admit, user_of
from membership.policy import Action

PER_PAGE = 25


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Those without an account within reach, with this year's dossier where there is one."""
    helper, year = admit(request, Action.ASSIST), timezone.localdate().year
    found = people_to_assist(helper, year, request.GET.get("q", ""))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "year": year,
        "q": request.GET.get("q", ""),
        "scored_at": ScoringRun.objects.finished_at(year),
        "breadcrumbs": assist_trail(),
    }
    return render(request, "dossiers/assist.html", context)


@login_required
@require_POST
def open_for(request: HttpRequest, person_pk: int) -> HttpResponse:
    helper, year = admit(request, Action.ASSIST), timezone.localdate().year
    person = get_object_or_404(people_to_assist(helper, year, ""), pk=person_pk)
    try:
        dossier = actions.open_dossier(person=person, year=year, by=helper, at=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("dossiers:assist")
    return redirect("dossiers:assist_write", pk=dossier.pk)


@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    at = assisting_desk(request, pk)
    if request.method == "GET":
        log_file_access(user=user_of(request), person=at.dossier.person, what="dossier", at=timezone.now())
    return desk.page(request, at)


@login_required
@require_POST
def save_indicator(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return desk.save_one(request, assisting_desk(request, pk), number)


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


def _confirm(request: HttpRequest, at: Desk) -> HttpResponse:
    code = request.POST.get("code", "") if request.POST["confirm"] == "code" else ""
    try:
        if request.POST["confirm"] == "code" and not code.strip():
            raise ValidationError(_("Enter the code from the paper that the person signed."))
        actions.confirm_assisted(dossier=at.dossier, by=user_of(request), at=timezone.now(), code=code)
        messages.success(request, _("What was entered is confirmed."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    return redirect(at.confirm_url)
