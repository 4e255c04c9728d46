"""The person's own page: register for a year, take it back, print the form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.dossiers.models import Dossier
from evaluation.registrations import actions
from evaluation.registrations.models import Registration, open_years
from evaluation.registrations.paper import form_paper
from interface.refusals import told_on_page
from membership.admission import person_of, private_form, private_page, user_of
from membership.belonging import unit_of
from membership.models import Person
from papers.files import paper_response


@private_form
def own(request: HttpRequest) -> HttpResponse:
    """The open years and those before; POST registers for one, or takes that back."""
    person, today = person_of(request), timezone.localdate()
    if request.method == "POST":
        _change(request)
        return redirect("registrations:own")
    kept = {row.year: row for row in Registration.objects.of_person(person).select_related("unit", "noted_by__person")}
    dossiers = Dossier.objects.counting().filter(person__in=Person.objects.records_of(person)).order_by("pk")
    states = dict(dossiers.values_list("year", "state"))  # of two of a year the later: the first's title was revoked
    years = sorted({*kept, *open_years(today)}, reverse=True)
    rows = [_row(year, kept.get(year), states.get(year, ""), open_years(today)) for year in years]
    trail = [(_("My dossiers"), reverse("dossiers:mine")), (_("Registrations"), "")]
    return render(request, "registrations/own.html", {"rows": rows, "year": today.year, "breadcrumbs": trail})


@private_page
def form(request: HttpRequest, year: int) -> HttpResponse:
    """Filled in as far as the site knows the person."""
    person, today = person_of(request), timezone.localdate()
    if year not in open_years(today):
        raise Http404
    unit = unit_of(person, today)
    born = str(person.birth_year or "")
    paper = form_paper(year, unit.name if unit else "", person.full_name, born, person.code)
    return paper_response(paper, f"phieu-dang-ky-{year}", "pdf")


def _row(year: int, registration: Registration | None, state: str, open_ones: list[int]) -> dict[str, Any]:
    return {
        "year": year,
        "registration": registration,
        "is_open": year in open_ones,
        "has_begun": year <= open_ones[0],
        "state": Dossier.State(state).label if state else "",
    }


def _change(request: HttpRequest) -> None:
    person, user, now = person_of(request), user_of(request), timezone.now()
    asked = request.POST.get("year", "")
    if not (asked.isdecimal() and len(asked) == 4):
        raise Http404
    year = int(asked)
    with told_on_page(request):
        if "take_back" in request.POST:
            for registration in Registration.objects.of_person(person).filter(year=year):
                actions.take_back(registration=registration, by=user, at=now)
            messages.success(request, _("You are not registered for %(year)s any more.") % {"year": year})
        else:
            actions.register(person=person, year=year, by=user, at=now)
            messages.success(request, _("You are registered for %(year)s. Good luck!") % {"year": year})
