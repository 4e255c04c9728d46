"""A body's meetings: which there were, calling one, and its minutes."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from evaluation.dossiers import actions
from evaluation.dossiers.bodies import bodies_at, steps_of
from evaluation.dossiers.forms import MeetingForm, MinutesForm
from evaluation.dossiers.models import Dossier, Meeting, ReviewStep
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from evaluation.dossiers.readiness import needed_told, rules_told
from evaluation.dossiers.views.trails import Trail, office_trail
from interface.refusals import told_in_form
from interface.tables import Column, Empty, Table, TableView, mark
from membership.admission import AdmittedMixin, admit
from membership.models import Unit, User
from membership.policy import Action, may

MOST = 200  # dossiers that one meeting can look at with care


class MeetingTable(Table):
    caption = gettext_lazy("Meetings")
    filename = "cuoc-hop"
    row_address = "dossiers:meeting"
    empty = Empty(
        gettext_lazy("No meeting yet"),
        gettext_lazy("Call one above when dossiers wait at your body."),
        illustration="calendar",
    )
    columns = [
        Column(name="held_at", label=gettext_lazy("Held at"), order=["held_at"], is_heading=True),
        Column(name="body", label=gettext_lazy("Body"), read=lambda row: f"{row.step.name}, {row.unit.name}",
               order=["unit__path", "step__order"]),
        Column(name="dossiers", label=gettext_lazy("Dossiers"), read="dossier_count", order=["dossier_count"],
               is_number=True),
        Column(name="present", label=gettext_lazy("Present"), order=["present"], is_number=True),
        Column(name="minutes", label=gettext_lazy("Minutes"), order=["closed_at"],
               show=lambda row: mark(_minutes(row), "ok" if row.is_closed else "warning"),
               read=lambda row: _minutes(row)),
    ]  # fmt: skip


def _minutes(meeting: Meeting) -> str:
    return _("Closed") if meeting.is_closed else pgettext("meeting", "Open")


class MeetingsView(AdmittedMixin, TableView):
    needs = Action.VIEW_DOSSIERS
    table_class = MeetingTable
    template_name = "dossiers/meetings.html"
    page_title = gettext_lazy("Meetings")
    lede = gettext_lazy(
        "A body meets on the dossiers that wait there. Its minutes say who came and how they voted; closed, they "
        "change no more."
    )

    def get_rows(self) -> Any:
        return Meeting.objects.for_list(self.user)

    def get_breadcrumbs(self) -> Trail:
        return office_trail(_("Meetings"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"bodies": _bodies(self.user)}


@login_required
def call(request: HttpRequest, step_pk: int, unit_pk: int, year: int) -> HttpResponse:
    user = admit(request, Action.VIEW_DOSSIERS)
    step, unit = get_object_or_404(ReviewStep, pk=step_pk), get_object_or_404(Unit, pk=unit_pk)
    at_body = Dossier.objects.for_queue(user).filter(current_step__role=step.role, current_unit=unit, year=year)
    at_body = at_body.filter(person__withdrawn_at=None)
    waiting = list(at_body.select_related("person", "current_step__chain").order_by("person__sort_key", "pk")[:MOST])
    if not waiting:
        raise Http404
    form = MeetingForm(request.POST or None, unit=unit, user=user, waiting=waiting, initial={"place": unit.name})
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            called = actions.call_meeting(step=step, unit=unit, by=user, at=timezone.now(), **form.call())
            return redirect("dossiers:meeting", pk=called.pk)
    trail = office_trail(_("Meetings"), "dossiers:meetings", _("Call a meeting"))
    steps = {row.current_step for row in waiting if row.current_step}
    context = {"form": form, "step": step, "unit": unit, "year": year, "breadcrumbs": trail, **_rules(steps)}
    return render(request, "dossiers/call_meeting.html", context)


@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.VIEW_DOSSIERS)
    found = get_object_or_404(Meeting.objects.for_page(user), pk=pk)
    may_close = not found.is_closed and may(user, Action.REVIEW, found.unit)
    form = MinutesForm(request.POST or None, meeting=found) if may_close else None
    if form is not None and request.method == "POST" and form.is_valid() and _close(request, user, found, form):
        return redirect("dossiers:meeting", pk=pk)
    trail = office_trail(_("Meetings"), "dossiers:meetings", found.step.name)
    present = [row for row in found.attendances.all() if row.is_present]
    context = {
        "meeting": found,
        "form": form,
        "present": present,
        "rules": rules_told(steps_of(found, found.lines.all()).values()),
        "breadcrumbs": trail,
    }
    return render(request, "dossiers/meeting.html", context)


def _bodies(user: User) -> list[dict[str, Any]]:
    """Where dossiers wait for the user: there a meeting can be called."""
    if not may(user, Action.REVIEW):
        return []
    waiting = Dossier.objects.filter(pk__in=Dossier.objects.at_own_bodies(user, timezone.localdate()).values("pk"))
    steps = _steps_by_body(waiting)
    return [
        body | _rules(steps[body["current_step__role"], body["current_unit"], body["year"]])
        for body in bodies_at(waiting)
    ]


def _steps_by_body(waiting: DossierQuerySet) -> dict[tuple[Any, ...], list[ReviewStep]]:
    """The steps at which dossiers wait, of every chain that leads there, by role, unit and year. Two queries."""
    found = waiting.values_list("current_step", "current_step__role", "current_unit", "year").distinct().order_by()
    places = [(pk, tuple(body)) for pk, *body in found]
    steps = ReviewStep.objects.select_related("chain").in_bulk({pk for pk, _body in places})
    by_body = defaultdict(list)
    for pk, body in places:
        by_body[body].append(steps[pk])
    return by_body


def _rules(steps: Iterable[ReviewStep]) -> dict[str, str]:
    """What the body's meeting needs, and by what its votes are counted."""
    listed = list(steps)
    return {"needed": needed_told(listed), "rules": rules_told(listed)}


def _close(request: HttpRequest, user: User, found: Meeting, form: MinutesForm) -> bool:
    with told_in_form(form):
        actions.close_meeting(
            meeting=found,
            present=form.present(),
            votes=form.votes(),
            notes=form.cleaned_data["notes"],
            by=user,
            at=timezone.now(),
        )
        messages.success(request, _("The minutes are closed."))
    return form.is_valid()
