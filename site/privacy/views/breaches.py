"""The register of breaches, an entry of it, and the notices that print from an entry."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_filters import ChoiceFilter, FilterSet

from interface.refusals import told_in_form
from interface.tables import Column, Empty, Table, TableView, mark
from membership.admission import AdmittedMixin, admit, private_form
from membership.choosing import labels_of
from membership.models import User
from membership.policy import Action
from papers.files import paper_response
from privacy.actions import amend_breach, close_breach, record_breach, tell_of_breach
from privacy.forms import BreachForm, ClosingForm, TellingForm
from privacy.models import Breach
from privacy.papers import notice_to_authority, notice_to_people
from privacy.querysets import BreachQuerySet
from privacy.views.requests import Trail, trail


class BreachFilters(FilterSet):
    state = ChoiceFilter(label=_("State of the entry"), empty_label=_("All"), choices=Breach.State.choices)


def hours_told(breach: Breach) -> str:
    """How many are left until the authority is to be told, or since it should have been; empty where that is over."""
    hours = breach.hours_left(timezone.now())
    if hours is None:
        return ""
    if hours >= 0:
        return mark(ngettext("%(hours)d hour left", "%(hours)d hours left", hours) % {"hours": hours})
    late = ngettext("%(hours)d hour late", "%(hours)d hours late", -hours) % {"hours": -hours}
    return mark(late, "warning")


class BreachTable(Table):
    caption = _("Breaches of personal data")
    filters_class = BreachFilters
    filename = "so-vi-pham-du-lieu-ca-nhan"
    names_people = True  # what happened may be told with names
    row_address = "privacy:breach"
    empty = Empty(_("No breaches"), _("Enter one as soon as it is noticed: the hours run from then."))
    columns = [
        Column(name="number", label=_("Entry"), is_heading=True),
        Column(name="noticed_at", label=_("Noticed"), order=["noticed_at"]),
        Column(name="happened", label=_("What happened"), show=lambda row: row.happened[:120]),
        Column(name="people", label=_("People"), order=["people"], is_number=True),
        Column(name="due", label=_("Authority to be told by"), read="due_at", show=hours_told, order=["due_at"]),
        Column(name="state", label=_("State of the entry"), read="get_state_display", order=["state"]),
    ]


class RegisterView(AdmittedMixin, TableView):
    needs = Action.PROTECT_DATA
    table_class = BreachTable
    template_name = "privacy/breaches.html"
    page_title = _("Register of breaches")
    lede = _("What happened to personal data, what was done, and who was told when. Nothing is ever taken out of it.")

    def get_rows(self) -> BreachQuerySet:
        return Breach.objects.for_register(self.user)

    def get_breadcrumbs(self) -> Trail:
        return trail(str(self.page_title))


@private_form
def new(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.PROTECT_DATA)
    form = BreachForm(request.POST or None)
    if form.is_valid():
        with told_in_form(form):
            breach = record_breach(facts=form.facts(), by=user, at=timezone.now())
            messages.success(request, gettext("Entered. Print the notice to the authority, and note when it was told."))
            return redirect("privacy:breach", pk=breach.pk)
    return _form(request, form, gettext("Enter a breach"))


@private_form
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    user, breach = _found(request, pk)
    form = BreachForm(request.POST or None, breach=breach)
    if form.is_valid():
        with told_in_form(form):
            amend_breach(breach=breach, facts=form.facts(), seen=form.seen_at, by=user, at=timezone.now())
            messages.success(request, gettext("Kept."))
            return redirect("privacy:breach", pk=breach.pk)
    return _form(request, form, gettext("Change %(number)s") % {"number": breach.number})


@private_form
def page(request: HttpRequest, pk: int) -> HttpResponse:
    user, breach = _found(request, pk)
    closing = request.method == "POST" and "conclusion" in request.POST
    telling = TellingForm(request.POST if request.method == "POST" and not closing else None)
    conclusion = ClosingForm(request.POST if closing else None)
    sent: TellingForm | ClosingForm = conclusion if closing else telling
    if sent.is_valid():
        with told_in_form(sent):
            act = close_breach if closing else tell_of_breach
            act(breach=breach, by=user, at=timezone.now(), **sent.cleaned_data)
            messages.success(request, gettext("Kept."))
            return redirect("privacy:breach", pk=breach.pk)
    context = {
        "breach": breach,
        "units": labels_of(list(breach.units.order_by("path"))).values(),
        "hours": hours_told(breach),
        "notices": breach.notices.select_related("recorded_by__person"),
        "telling": telling,
        "closing": conclusion,
        "form": sent,
        "breadcrumbs": _trail(breach.number),
    }
    return render(request, "privacy/breach.html", context, status=422 if sent.errors else 200)


@login_required
@require_safe
def notice(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """To the authority: pdf or docx."""
    _user, breach = _found(request, pk)
    paper = notice_to_authority(breach, timezone.localdate())
    return paper_response(paper, f"thong-bao-vi-pham-{breach.number}", kind)


@login_required
@require_safe
def text_for_people(request: HttpRequest, pk: int) -> HttpResponse:
    _user, breach = _found(request, pk)
    headers = {"Content-Disposition": f'attachment; filename="thong-bao-cho-nguoi-dan-{breach.number}.txt"'}
    return HttpResponse(notice_to_people(breach), content_type="text/plain; charset=utf-8", headers=headers)


def _found(request: HttpRequest, pk: int) -> tuple[User, Breach]:
    user = admit(request, Action.PROTECT_DATA)
    return user, get_object_or_404(Breach.objects.visible_to(user), pk=pk)


def _form(request: HttpRequest, form: BreachForm, title: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "breadcrumbs": _trail(title)}
    return render(request, "privacy/breach_form.html", context, status=422 if form.errors else 200)


def _trail(last: str) -> Trail:
    desk = trail(gettext("Register of breaches"))
    return [*desk[:-1], (desk[-1][0], reverse("privacy:breaches")), (last, "")]
