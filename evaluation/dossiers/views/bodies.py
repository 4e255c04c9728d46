"""Who can act and until when: the bodies of each group's chain and changing them from a day on, bodies without anybody,
stand-ins, and the units' deadlines."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.dossiers import actions
from evaluation.dossiers.forms import DeadlineForm, StandInForm
from evaluation.dossiers.forms.office import ChainForm, bodies_formset
from evaluation.dossiers.models import Deadline, Dossier, ReviewChain, StandIn
from evaluation.dossiers.views.trails import office_trail
from interface.refusals import told_in_form
from membership.admission import admit
from membership.models import Role, TargetGroup, User
from membership.policy import Action, reach

MOST = 50


@login_required
def bodies(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.MANAGE_PEOPLE)
    deadline, stand_in = _forms(request, user)
    if request.method == "POST":
        is_done = _set(request, user, deadline) if "set-deadline" in request.POST else _appoint(request, user, stand_in)
        if is_done:
            return redirect("dossiers:bodies")
    context = {
        "deadline_form": deadline,
        "stand_in_form": stand_in,
        "deadlines": Deadline.objects.filter(reach(user, Action.SET_DEADLINES, "unit__"))
        .select_related("unit", "set_by__person")
        .order_by("-year", "unit__path")[:MOST],
        "stand_ins": StandIn.objects.for_page(user)[:MOST],
        "stuck": _stuck(user),
        "breadcrumbs": office_trail(_("Bodies and deadlines")),
    }
    return render(request, "dossiers/bodies.html", context)


@login_required
def chains(request: HttpRequest) -> HttpResponse:
    admit(request, Action.MANAGE_CRITERIA)
    found = list(ReviewChain.objects.for_listing())
    groups = [(label, [chain for chain in found if chain.group == group]) for group, label in TargetGroup.choices]
    context = {"groups": groups, "today": timezone.localdate(), "breadcrumbs": office_trail(_("Review chains"))}
    return render(request, "dossiers/chains.html", context)


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.MANAGE_CRITERIA)
    chain = get_object_or_404(ReviewChain.objects.for_listing().filter(valid_to=None), pk=pk)
    data = request.POST if request.method == "POST" else None
    form, bodies = ChainForm(data, chain=chain), bodies_formset(data, chain)
    if form.is_valid() and bodies.is_valid() and _change(request, user, chain, form, bodies):
        return redirect("dossiers:chains")
    trail = office_trail(_("Review chains"), "dossiers:chains", chain.name)
    context = {"chain": chain, "form": form, "bodies": bodies, "breadcrumbs": trail}
    return render(request, "dossiers/change_chain.html", context, status=422 if data else 200)


def _stuck(user: User) -> list[dict[str, Any]]:
    """Bodies at which dossiers wait and nobody may act, with how many."""
    within = Dossier.objects.filter(reach(user, Action.MANAGE_PEOPLE, "unit__")).stuck(timezone.localdate())
    places = "current_step__name", "current_step__role", "current_unit__name", "current_unit__path"
    return list(within.values(*places).annotate(number=Count("pk")).order_by("current_unit__path")[:MOST])


def _forms(request: HttpRequest, user: User) -> tuple[DeadlineForm, StandInForm]:
    is_deadline = request.method == "POST" and "set-deadline" in request.POST
    is_stand_in = request.method == "POST" and not is_deadline
    return (
        DeadlineForm(request.POST if is_deadline else None, user=user, prefix="deadline"),
        StandInForm(request.POST if is_stand_in else None, user=user, prefix="stand-in"),
    )


def _set(request: HttpRequest, user: User, form: DeadlineForm) -> bool:
    if form.is_valid():
        with told_in_form(form, denied=_("You may not give this office there.")):
            actions.set_deadline(**form.cleaned_data, by=user, at=timezone.now())
            messages.success(request, _("The last day is set; people see it on their page."))
    return form.is_valid()


def _appoint(request: HttpRequest, user: User, form: StandInForm) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    with told_in_form(form, denied=_("You may not give this office there.")):
        actions.appoint_stand_in(
            unit=given["unit"],
            role=Role(given["role"]),
            person=given["code"],
            valid_from=given["valid_from"],
            valid_to=form.valid_to,
            reason=given["reason"],
            by=user,
            at=timezone.now(),
        )
        messages.success(request, _("The stand-in is appointed, for that time only."))
    return form.is_valid()


def _change(request: HttpRequest, user: User, chain: ReviewChain, form: ChainForm, bodies: Any) -> bool:
    listed = [body for row in bodies if (body := row.body)]
    with told_in_form(form):
        actions.change_chain(chain=chain, bodies=listed, by=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The chain changes from that day; dossiers that were opened before keep theirs."))
    return form.is_valid()
