"""Findings that are followed up: the register, one of them, and the papers of its answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from evaluation.dossiers import actions
from evaluation.dossiers.forms import AskForm, SayForm
from evaluation.dossiers.models import Dossier, FollowUp, FollowUpFile, InspectedDossier
from evaluation.dossiers.views.trails import Trail, office_trail
from interface.refusals import told_in_form
from interface.tables import Column, Empty, Table, TableView, mark
from learning.evidence.files import given_out
from membership.actions import log_file_access
from membership.admission import AdmittedMixin, admit
from membership.models import User
from membership.policy import Action, may, reach

_TONES = {FollowUp.State.CLOSED: "ok", FollowUp.State.ANSWERED: ""}


def _due(row: FollowUp) -> str:
    day = format_html("<span>{}</span>", date_format(row.due_on, "d/m/Y"))
    is_late = row.state == FollowUp.State.ASKED and row.due_on < timezone.localdate()
    return format_html("{} {}", day, mark(_("Overdue"), "warning")) if is_late else day


class FindingTable(Table):
    caption = gettext_lazy("Findings to follow up")
    filename = "theo-doi-sau-kiem-tra"
    names_people = True
    row_address = "dossiers:finding"
    empty = Empty(
        gettext_lazy("Nothing to follow up"),
        gettext_lazy("What an inspector asks of a unit after a doubtful finding comes here, with its day."),
        illustration="scales",
    )
    columns = [
        Column(name="person", label=gettext_lazy("Person"), read="line.dossier.person", is_heading=True,
               order=["line__dossier__person__sort_key"]),
        Column(name="unit", label=gettext_lazy("Unit"), order=["unit__path"]),
        Column(name="year", label=gettext_lazy("Year"), read="line.dossier.year", order=["line__dossier__year"]),
        Column(name="due", label=gettext_lazy("To be answered by"), read="due_on", show=_due, order=["due_on"]),
        Column(name="state", label=pgettext_lazy("dossier", "State"), read="get_state_display", order=["state"],
               show=lambda row: mark(row.get_state_display(), _TONES.get(row.state, "warning"))),
    ]  # fmt: skip


class FindingsView(AdmittedMixin, TableView):
    needs = Action.VIEW_DOSSIERS
    table_class = FindingTable
    page_title = gettext_lazy("Findings to follow up")
    lede = gettext_lazy(
        "What an inspector asks of a unit, and by when; the unit answers with papers; then it is closed or taken "
        "to the body above."
    )

    def get_rows(self) -> Any:
        return FollowUp.objects.for_list(self.user)

    def get_breadcrumbs(self) -> Trail:
        return office_trail(_("Findings to follow up"))


@login_required
def ask(request: HttpRequest, line_pk: int) -> HttpResponse:
    user = admit(request, Action.INSPECT)
    within = InspectedDossier.objects.filter(reach(user, Action.INSPECT, "sample__unit__"))
    line = get_object_or_404(within.select_related("dossier__person", "sample"), pk=line_pk, finding="doubtful")
    if standing := FollowUp.objects.filter(line=line).first():
        return redirect("dossiers:finding", pk=standing.pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            asked = actions.ask_unit(line=line, by=user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The unit is asked; its officers are told."))
            return redirect("dossiers:finding", pk=asked.pk)
    trail = office_trail(_("Findings to follow up"), "dossiers:findings", _("Ask the unit"))
    context = {"form": form, "line": line, "breadcrumbs": trail}
    return render(request, "dossiers/ask_unit.html", context, status=422 if form.errors else 200)


@login_required
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.VIEW_DOSSIERS)
    found = get_object_or_404(FollowUp.objects.for_page(user), pk=pk)
    acts = actions.acts_open_to(found, user, timezone.now())
    form = SayForm(request.POST or None, request.FILES or None, acts=acts) if acts else None
    if form is not None and request.method == "POST" and form.is_valid() and _say(request, user, found, form):
        return redirect("dossiers:finding", pk=pk)
    dossier = found.line.dossier
    log_file_access(user=user, person=dossier.person, what="dossier", at=timezone.now())
    is_titled = dossier.state == Dossier.State.RECOGNISED
    context = {
        "finding": found,
        "form": form,
        "may_revoke": is_titled and may(user, Action.RECOGNISE, dossier.unit),
        "breadcrumbs": office_trail(_("Findings to follow up"), "dossiers:findings", dossier.person.full_name),
    }
    return render(request, "dossiers/finding.html", context, status=422 if form is not None and form.errors else 200)


@login_required
@require_safe
@never_cache
def paper(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """Who opens one stands in the log."""
    user = admit(request, Action.VIEW_DOSSIERS)
    found = get_object_or_404(FollowUp.objects.visible_to(user), pk=pk)
    kept = get_object_or_404(FollowUpFile, pk=file_pk, entry__follow_up=found)
    log(instance=found, action="dossiers.open_finding_file", user=user, data={"sha256": kept.sha256})
    return given_out(kept.file, kept.file_name, kept.content_type)


def _say(request: HttpRequest, user: User, found: FollowUp, form: SayForm) -> bool:
    said: dict[str, Any] = {"follow_up": found, "words": form.cleaned_data["words"], "by": user, "at": timezone.now()}
    with told_in_form(form, denied=""):
        match form.cleaned_data["act"]:
            case FollowUp.Act.ANSWER:
                actions.answer_finding(files=form.papers(), **said)
            case FollowUp.Act.CLOSE:
                actions.close_finding(**said)
            case FollowUp.Act.ESCALATE:
                actions.escalate_finding(**said)
        messages.success(request, found.get_state_display())
    return form.is_valid()
