"""What officers enter for people: their own observation, or a person's paper on their behalf."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from interface.refusals import told_in_form
from learning.evidence import actions
from learning.evidence.declaring import DeclarationForm
from learning.evidence.forms import ObservationForm
from learning.evidence.views.trails import trail
from membership.admission import admit, private_page, user_of
from membership.models import Person
from membership.policy import Action, reach
from membership.querysets import PersonQuerySet

SHOWN = 30


@private_page
def people(request: HttpRequest) -> HttpResponse:
    """Whom to enter something for: looked up by name or code."""
    asked = request.GET.get("q", "")
    found = _in_reach(request).matching(asked).home_unit_on(timezone.localdate())[:SHOWN] if asked else []
    context = {"asked": asked, "found": found, "breadcrumbs": _steps()}
    return render(request, "evidence/people.html", context)


@login_required
@never_cache
def observe(request: HttpRequest, code: str) -> HttpResponse:
    person = get_object_or_404(_in_reach(request), code=code)
    form = ObservationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form):
            actions.observe(person=person, by=user_of(request), at=timezone.now(), **form.values())
            return _entered(request, person)
    return _render(request, person, form, _("Note an observation"))


@login_required
@never_cache
def declare(request: HttpRequest, code: str) -> HttpResponse:
    person = get_object_or_404(_in_reach(request), code=code)
    form = DeclarationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form):
            actions.declare(person=person, by=user_of(request), at=timezone.now(), **form.fact_values())
            return _entered(request, person)
    return _render(request, person, form, _("Enter a paper for a person"))


def _in_reach(request: HttpRequest) -> PersonQuerySet:
    """Never oneself: one's own evidence has a page of its own."""
    user = admit(request, Action.ASSIST)
    within = Person.objects.listed().within(reach(user, Action.ASSIST, "unit__"), timezone.localdate())
    return within.exclude(user=user)


def _entered(request: HttpRequest, person: Person) -> HttpResponse:
    messages.success(request, _("Entered for %(name)s, marked as entered by an officer.") % {"name": person.full_name})
    return redirect("evidence:observing")


def _render(request: HttpRequest, person: Person, form: ObservationForm | DeclarationForm, title: str) -> HttpResponse:
    context = {"form": form, "person": person, "title": title, "breadcrumbs": _steps((title, ""))}
    return render(request, "evidence/entering.html", context, status=422 if form.errors else 200)


def _steps(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return trail((_("Note for a person"), reverse("evidence:observing")), *steps)
