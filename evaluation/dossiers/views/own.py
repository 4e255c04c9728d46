"""The person's own side: years, self-assessment, handing in, appeal."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evaluation.dossiers import actions
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.views import desk
from evaluation.dossiers.views import indicator as one_indicator
from evaluation.dossiers.views.desk import Desk
from evaluation.dossiers.views.trails import own_trail
from interface.refusals import told_on_page
from membership.admission import person_of, user_of
from membership.models import Person

FIRST_YEAR = 2022  # the national criteria are of that year


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    dossiers = list(Dossier.objects.for_self(person_of(request)))
    year = timezone.localdate().year
    is_open = any(dossier.year == year for dossier in dossiers)
    context = {"dossiers": dossiers, "year": year, "is_open": is_open, "breadcrumbs": own_trail()}
    return render(request, "dossiers/mine.html", context)


@login_required
def self_assessment(request: HttpRequest, year: int) -> HttpResponse:
    """GET shows; POST opens the year's dossier, a new one where the title of the last was revoked."""
    dossier = own_dossier(request, year)
    if request.method == "POST" and (dossier is None or dossier.state == Dossier.State.REVOKED):
        return _open(request, person_of(request), year)
    if dossier is not None:
        return desk.page(request, Desk(dossier, is_assisting=False))
    return render(request, "dossiers/start.html", {"year": year, "breadcrumbs": own_trail(year)})


@login_required
def indicator(request: HttpRequest, year: int, number: int) -> HttpResponse:
    return one_indicator.page(request, _own_desk(request, year), number)


@login_required
def confirm(request: HttpRequest, year: int) -> HttpResponse:
    if own_dossier(request, year) is None:
        return redirect("dossiers:self_assessment", year=year)
    return desk.handing_in(request, _own_desk(request, year), _("Your dossier has been handed in."))


@login_required
@require_POST
def withdraw(request: HttpRequest, year: int) -> HttpResponse:
    return desk.withdraw(request, _own_desk(request, year))


@login_required
@require_POST
def appeal(request: HttpRequest, year: int) -> HttpResponse:
    return desk.appeal(request, _own_desk(request, year))


def own_dossier(request: HttpRequest, year: int) -> Dossier | None:
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return Dossier.objects.of_year(person_of(request), year).for_own_page().first()


def _own_desk(request: HttpRequest, year: int) -> Desk:
    dossier = own_dossier(request, year)
    if dossier is None:
        raise Http404
    return Desk(dossier, is_assisting=False)


def _open(request: HttpRequest, person: Person, year: int) -> HttpResponse:
    with told_on_page(request):
        actions.open_dossier(person=person, year=year, by=user_of(request), at=timezone.now())
    return redirect("dossiers:self_assessment", year=year)
