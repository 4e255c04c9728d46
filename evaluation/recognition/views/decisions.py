"""Lists and decisions: what recognisers do, and what those who may look into the unit see."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_safe
from django_filters import CharFilter, FilterSet, NumberFilter

from evaluation.dossiers.models import Dossier
from evaluation.recognition import actions
from evaluation.recognition.drafting import Lists, address_of, by_list, drafted
from evaluation.recognition.forms import IssueForm
from evaluation.recognition.lists import people_on, register_of
from evaluation.recognition.models import Decision, DecisionLine, Way
from evaluation.recognition.papers.texts import bases_known
from evaluation.recognition.querysets import DecisionQuerySet, meetings_on
from evaluation.recognition.readiness import problems, suspicions
from evaluation.recognition.views.papers import printing_of
from evaluation.recognition.views.signing import signing_of
from evaluation.recognition.views.trails import trail_to, trail_to_decisions
from interface.refusals import told_in_form, told_on_page
from interface.sheets import xlsx_response
from interface.tables import Column, Empty, Table, TableView, mark
from membership.admission import AdmittedMixin, admit, private_post, user_of
from membership.models import User
from membership.policy import Action, may, reach

PEOPLE_PER_PAGE = 100


def _day(decision: Decision) -> str:
    return date_format(decision.signed_on, "d/m/Y") if decision.signed_on else ""


def _state(decision: Decision) -> str:
    if decision.is_in_effect:
        return _("Former") if decision.way == Way.FORMER else str(decision.state.label)
    return mark(decision.state.label, "warning")


def _people_on(decision: Any) -> str:
    if not decision.revoked:
        return str(decision.people)
    text = ngettext("%(number)s title revoked", "%(number)s titles revoked", decision.revoked)
    return f"{decision.people} ({text % {'number': decision.revoked}})"


class RegisterFilters(FilterSet):
    so = CharFilter(label=gettext_lazy("Decision number"), max_length=40, method="numbered")
    nam = NumberFilter(label=gettext_lazy("Year of signature"), min_value=2020, max_value=2100, method="signed_in")

    def numbered(self, decisions: DecisionQuerySet, _name: str, number: str) -> DecisionQuerySet:
        return decisions.matching(number=number, year=None)

    def signed_in(self, decisions: DecisionQuerySet, _name: str, year: Decimal) -> DecisionQuerySet:
        return decisions.matching(number="", year=int(year))


class DecisionTable(Table):
    caption = gettext_lazy("Register of decisions")
    per_page = 30
    filters_class = RegisterFilters
    row_address = "recognition:decision"
    empty = Empty(
        gettext_lazy("No decision yet"),
        gettext_lazy("Here you will find each list for recognition: first as a draft, then with its number and date."),
        illustration="desk",
    )
    columns = [
        Column(name="number", label=gettext_lazy("Decision"), order=["number"], is_heading=True,
               show=lambda row: _("List being drafted") if row.is_draft else row.number),
        Column(name="signed", label=gettext_lazy("Signed on"), show=_day, order=["signed_on"]),
        Column(name="state", label=pgettext_lazy("decision", "State"), show=_state),
        Column(name="unit", label=gettext_lazy("Unit"), read="unit.name", order=["unit__path"]),
        Column(name="year", label=gettext_lazy("Year"), order=["year"], is_number=True),
        Column(name="people", label=gettext_lazy("People"), show=_people_on, order=["people"], is_number=True),
    ]  # fmt: skip

    @property
    def export_urls(self) -> list[tuple[str, str]]:
        return [(_("Register (Excel)"), f"{reverse('recognition:register')}?{self.request.GET.urlencode()}")]


class DecisionsView(AdmittedMixin, TableView):
    http_method_names = ["get", "head"]
    needs = Action.VIEW_DOSSIERS
    table_class = DecisionTable
    template_name = "recognition/decisions.html"

    def get_rows(self) -> DecisionQuerySet:
        return Decision.objects.for_decisions(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [*trail_to_decisions()[:-1], (_("Decisions"), "")]
        may_recognise = may(self.user, Action.RECOGNISE)
        return super().get_context_data(**kwargs) | {"may_recognise": may_recognise, "breadcrumbs": trail}


@require_safe
@login_required
def register(request: HttpRequest) -> HttpResponseBase:
    """The register of decisions as .xlsx, with what is looked for on the page."""
    table = DecisionTable(request, Decision.objects.for_decisions(admit(request, Action.VIEW_DOSSIERS)))
    return xlsx_response([register_of(table.found.filter(issued_at__isnull=False))], "so-dang-ky-quyet-dinh.xlsx")


@private_post
def draft(request: HttpRequest) -> HttpResponse:
    """Takes ``dossier`` ids, several; those of several units or years go on a list each."""
    user = admit(request, Action.VIEW_DOSSIERS)
    try:
        drafts = drafted(_chosen(request, user), user)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return redirect("dossiers:queue")
    if not drafts:
        messages.error(request, _("Choose at least one dossier."))
        return redirect("dossiers:queue")
    return redirect(address_of(drafts))


@require_safe
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    return _decision_page(request, found, _findings(found, user_of(request)))


@private_post
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _visible(request, pk)
    user = user_of(request)
    found = _findings(decision, user)
    form = IssueForm(request.POST, listed=_listed(decision, user), against=found.against, suspected=found.suspected)
    if form.is_valid():
        with told_in_form(form):
            actions.issue(decision=decision, **form.cleaned_data, by=user, at=timezone.now())
            messages.success(request, _("The decision is issued. Have it signed; then hand in the signed copy."))
            return redirect(decision)
    return _decision_page(request, decision, found, form)


@private_post
def remove(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    decision = _visible(request, pk)
    line = DecisionLine.objects.select_related("decision").filter(decision=decision, pk=line_pk).first()
    with told_on_page(request):
        if line:
            actions.remove_line(line=line, by=user_of(request), at=timezone.now())
    return redirect(decision)


@dataclass(frozen=True)
class Findings:
    """By dossier: what stands ``against`` issuing it now; of the others, who is ``suspected`` to be on record twice."""

    against: dict[int, str] = field(default_factory=dict)
    suspected: dict[int, str] = field(default_factory=dict)


def _decision_page(
    request: HttpRequest, decision: Decision, found: Findings, form: IssueForm | None = None
) -> HttpResponse:
    user = user_of(request)
    page = Paginator(people_on(decision, user), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    may_recognise = may(user, Action.RECOGNISE, decision.unit)
    is_open = decision.is_draft and may_recognise
    context: dict[str, Any] = {
        "decision": decision,
        "page": page,
        "people": page if decision.is_in_effect else [_told(line, found) for line in page],
        "against": _named(decision, found.against),
        "suspected": _named(decision, found.suspected),
        "may_recognise": may_recognise,
        "trail": trail_to(decision),
    }
    if may(user, Action.VIEW_DOSSIERS, decision.unit):
        has_papers = not decision.is_withdrawn and decision.way != Way.EARLIER
        context |= {"meetings": meetings_on(decision), "has_papers": has_papers}
        context |= printing_of(decision) | signing_of(decision, user)
    if is_open:
        known = Decision.objects.last_signer(decision.unit) | {"bases": _bases(decision)}
        context["form"] = form or IssueForm(
            initial=known, listed=_listed(decision, user), against=found.against, suspected=found.suspected
        )
    return render(request, "recognition/decision.html", context, status=422 if form else 200)


def _told(line: DecisionLine, found: Findings) -> dict[str, Any]:
    key = line.dossier_id
    return {"line": line, "problem": found.against.get(key, ""), "suspicion": found.suspected.get(key, "")}


def _findings(decision: Decision, user: User) -> Findings:
    """Of the whole list; nothing to whoever does not issue it."""
    if not _may_issue(decision, user):
        return Findings()
    listed = list(Dossier.objects.filter(decision_line__decision=decision).select_related("current_step", "person"))
    against = problems(listed, unit=decision.unit, year=decision.year, by=user)
    issued = [dossier for dossier in listed if dossier.pk not in against]
    return Findings(against, suspicions(issued, decision.year))


def _listed(decision: Decision, user: User) -> list[int]:
    """The dossiers of the whole list; nothing to whoever does not issue it."""
    return list(decision.lines.values_list("dossier_id", flat=True)) if _may_issue(decision, user) else []


def _may_issue(decision: Decision, user: User) -> bool:
    return decision.is_draft and may(user, Action.RECOGNISE, decision.unit)


def _bases(decision: Decision) -> str:
    return "\n".join(bases_known(decision, list(DecisionLine.objects.for_papers(decision))))


def _named(decision: Decision, told: dict[int, str]) -> list[tuple[DecisionLine, str]]:
    lines = DecisionLine.objects.filter(decision=decision, dossier__in=told).for_list()
    return [(line, told[line.dossier_id]) for line in lines]


def _visible(request: HttpRequest, pk: int) -> Decision:
    viewer = admit(request, Action.VIEW_DOSSIERS)
    return get_object_or_404(Decision.objects.visible_to(viewer).select_related("unit"), pk=pk)


def _chosen(request: HttpRequest, user: User) -> Lists:
    """The chosen dossiers within the user's reach, by deciding unit and year."""
    keys = [key for key in request.POST.getlist("dossier") if key.isdecimal() and len(key) < 19]
    waiting = reach(user, Action.RECOGNISE, "current_unit__")
    listed = reach(user, Action.RECOGNISE, "decision_line__decision__unit__")
    chosen = Dossier.objects.filter(waiting | listed, pk__in=keys)
    return by_list(chosen.select_related("current_unit", "decision_line__decision__unit"))
