"""An officer's desk for consent on paper: who has agreed, what was signed, and who takes it back by word of mouth."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_filters import ChoiceFilter, FilterSet

from interface.places import address
from interface.refusals import told_in_form
from interface.tables import Column, Empty, SearchFilter, Table, TableView
from interface.tables.columns import mark
from membership.actions import record_consent, withdraw_consent
from membership.administration.permissions import people_in_reach
from membership.admission import AdmittedMixin, admit, keeping_text, user_of
from membership.age import signatures_of
from membership.agreements.agreed import agreed_by
from membership.agreements.paper import pdf_of_texts
from membership.forms import PaperConsentForm
from membership.models import ConsentText, Person
from membership.policy import Action
from membership.querysets import PersonQuerySet
from membership.registries.purposes import purposes


class PeopleFilters(FilterSet):
    q = SearchFilter(_("Name or code"))
    state = ChoiceFilter(
        label=_("Agreement"),
        empty_label=_("With and without"),
        choices=[("missing", _("Not agreed yet")), ("given", _("Agreed")), ("withdrawn", _("Withdrawn"))],
        method="by_state",
    )

    def by_state(self, people: PersonQuerySet, _name: str, state: str) -> PersonQuerySet:
        if state == "withdrawn":
            return people.filter(withdrawn_at__isnull=False)
        return people.filter(has_agreed=state == "given", withdrawn_at=None)


def _state(person: Any) -> str:
    if person.withdrawn_at:
        return mark(gettext("withdrawn"), "warning")
    return gettext("agreed") if person.has_agreed else mark(gettext("not agreed yet"))


class PeopleTable(Table):
    caption = _("People of your units")
    filters_class = PeopleFilters
    per_page = 40
    empty = Empty(_("Nobody found"), _("Members of your units appear here once they are on record."), "magnifier")
    columns = [
        Column(name="person", label=_("Person"), read="full_name", note="code", order=["sort_key"], is_heading=True,
               link=lambda person: reverse("membership:paper_consent", args=[person.code])),
        Column(name="born", label=_("Birth year"), read="birth_year", order=["birth_year"], is_number=True),
        Column(name="unit", label=_("Unit"), read="home_unit_name", order=["home_unit_name"]),
        Column(name="state", label=_("Agreement"), read=_state),
    ]  # fmt: skip


class PeopleView(AdmittedMixin, TableView):
    needs = Action.ASSIST
    table_class = PeopleTable
    template_name = "membership/paper_consent_people.html"
    page_title = _("Consent on paper")
    lede = _(
        "Who does not agree on the site signs on paper, for a child the parent or guardian as well. You saw the paper "
        "and record it; the paper stays with your association."
    )

    def get_rows(self) -> PersonQuerySet:
        others = people_in_reach(self.user, self.needs).exclude(user=self.user)
        return others.with_agreement().home_unit_on(timezone.localdate()).order_by("sort_key", "pk")

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return _trail()


@login_required
@never_cache
@keeping_text
def record(request: HttpRequest, code: str) -> HttpResponse:
    person = _person(request, code)
    signatures = signatures_of(person.birth_year, person.birth_day, _signed_on(request))
    texts = ConsentText.objects.open_to(person.pk)
    form = PaperConsentForm(request.POST or None, texts=texts, signatures=signatures)
    if form.is_valid():
        with told_in_form(form):
            record_consent(person=person, by=user_of(request), at=timezone.now(), **form.said)
            messages.success(request, gettext("Recorded for %(name)s.") % {"name": person.full_name})
            return redirect("membership:paper_consents")
    context = {"person": person, "form": form, "agreed": agreed_by(person), "breadcrumbs": _trail(person.full_name)}
    return render(request, "membership/paper_consent.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    """As the person said to the officer; what it stops and what stays they are told on the page."""
    person, about = _person(request, code), purposes.get(purpose)
    if about is None:
        raise Http404
    withdraw_consent(person=person, purpose=about, by=user_of(request), at=timezone.now())
    told = gettext("Taken back for %(name)s. What they are to know: %(words)s")
    messages.success(request, told % {"name": person.full_name, "words": f"{about.stops} {about.stays}"})
    return redirect("membership:paper_consent", code=code)


@login_required
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """The texts in force, to be read and signed."""
    admit(request, Action.ASSIST)
    headers = {"Content-Disposition": 'inline; filename="giay-dong-y.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(pdf_of_texts(ConsentText.objects.in_force()), content_type="application/pdf", headers=headers)


def _signed_on(request: HttpRequest) -> datetime.date:
    """Whose signatures it takes goes by the age of that day; of today before it is told."""
    try:
        told = forms.DateField().to_python(request.POST.get("signed_on"))
    except ValidationError:
        told = None
    return told or timezone.localdate()


def _person(request: HttpRequest, code: str) -> Person:
    """Never oneself."""
    user = admit(request, Action.ASSIST)
    return get_object_or_404(people_in_reach(user, Action.ASSIST).exclude(user=user), code=code)


def _trail(last: str = "") -> list[tuple[str, str]]:
    people = (gettext("Consent on paper"), reverse("membership:paper_consents") if last else "")
    trail = [(gettext("Evaluation"), address("review")), people]
    return [*trail, (last, "")] if last else trail
