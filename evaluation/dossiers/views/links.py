"""The officer's side of answers by link: which lists went out, freezing one, what came back."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.cache import never_cache

from evaluation.dossiers import actions
from evaluation.dossiers.actions import BatchResult
from evaluation.dossiers.actions.links import LINK_GOOD_FOR, waiting_for_link
from evaluation.dossiers.bodies import bodies_at
from evaluation.dossiers.listed import listed
from evaluation.dossiers.models import BodyLink, Dossier, ReviewStep
from evaluation.dossiers.views.trails import Trail, office_trail
from interface.refusals import told_on_page
from interface.tables import Column, Empty, Table, TableView, mark
from membership.actions import log_file_access
from membership.admission import AdmittedMixin, admit
from membership.models import Unit, User
from membership.policy import Action, may
from papers.codes import new_code

_State = BodyLink.State
_TONES = {_State.ANSWERED: "warning", _State.TAKEN: "ok"}
_UNDER_WAY = (_State.OUT, _State.OPENED)


def _state(row: BodyLink) -> BodyLink.State:
    return row.state_at(timezone.now())


def _day(name: str) -> Any:
    return lambda row: date_format(timezone.localtime(getattr(row, name)), "d/m/Y")


class LinkTable(Table):
    caption = gettext_lazy("Lists by link")
    filename = "duong-dan"
    row_address = "dossiers:link"
    empty = Empty(
        gettext_lazy("No list is out"),
        gettext_lazy("Freeze one above when dossiers wait at a body that may answer by link."),
    )
    columns = [
        Column(name="body", label=pgettext_lazy("review", "Body"), order=["unit__path", "step__order"],
               read=lambda row: f"{row.step.name}, {row.unit.name}", is_heading=True),
        Column(name="year", label=gettext_lazy("Year"), order=["year"]),
        Column(name="dossiers", label=gettext_lazy("Dossiers"), read="number", order=["number"], is_number=True),
        Column(name="frozen", label=gettext_lazy("Frozen"), read="frozen_at", show=_day("frozen_at"),
               order=["frozen_at"]),
        Column(name="until", label=gettext_lazy("Good until"), read="expires_at", show=_day("expires_at"),
               order=["expires_at"]),
        Column(name="state", label=pgettext_lazy("dossier", "State"), read=lambda row: _state(row).label,
               show=lambda row: mark(_state(row).label, _TONES.get(_state(row), ""))),
        Column(name="left", label=gettext_lazy("Still to be taken over"), order=["left"], is_number=True),
    ]  # fmt: skip


class LinksView(AdmittedMixin, TableView):
    needs = Action.REVIEW
    table_class = LinkTable
    template_name = "dossiers/links.html"
    page_title = gettext_lazy("Answers by link")
    lede = gettext_lazy(
        "A board or a party cell without accounts says its word on a frozen list: by a link, and a code that you send "
        "apart. It advises; the verdict stays yours, and nobody is recognised by it."
    )

    def get_rows(self) -> Any:
        return BodyLink.objects.for_list(self.user)

    def get_breadcrumbs(self) -> Trail:
        return office_trail(_("Answers by link"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"bodies": _bodies(self.user)}


@login_required
@never_cache
def freeze(request: HttpRequest, step_pk: int, unit_pk: int, year: int) -> HttpResponse:
    """The answer to the press is the one page that shows link and code; they are stored nowhere."""
    user = admit(request, Action.REVIEW)
    step, unit = get_object_or_404(ReviewStep, pk=step_pk), get_object_or_404(Unit, pk=unit_pk)
    admit(request, Action.REVIEW, unit)
    waiting = list(waiting_for_link(step, unit, year).select_related("person").order_by("person__sort_key", "pk"))
    if not waiting or not may(user, Action.REVIEW, unit):
        raise Http404
    trail = office_trail(_("Answers by link"), "dossiers:links", _("Freeze a list"))
    context = {
        "step": step,
        "unit": unit,
        "year": year,
        "waiting": waiting,
        "breadcrumbs": trail,
        "good_for": LINK_GOOD_FOR.days,
    }
    if request.method == "POST":
        with told_on_page(request, denied=""):
            context |= _frozen(user, step, unit, year)
    return render(request, "dossiers/freeze_list.html", context)


@login_required
@never_cache
def link(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.REVIEW)
    found = get_object_or_404(BodyLink.objects.for_page(user), pk=pk)
    admit(request, Action.REVIEW, found.unit)
    if request.method == "POST":
        _act(request, user, found)
        return redirect("dossiers:link", pk=pk)
    state = _state(found)
    context = {
        "link": found,
        "state": state,
        "rows": [listed(line) for line in found.lines.all()],
        "may_revoke": state in _UNDER_WAY,
        "left": sum(bool(line.word) and line.taken_at is None for line in found.lines.all()),
        "breadcrumbs": office_trail(_("Answers by link"), "dossiers:links", found.step.name),
    }
    return render(request, "dossiers/link.html", context)


def _frozen(user: User, step: ReviewStep, unit: Unit, year: int) -> dict[str, Any]:
    token, code = secrets.token_urlsafe(24), new_code()
    made = actions.freeze_list(step=step, unit=unit, year=year, token=token, code=code, by=user, at=timezone.now())
    address = settings.BASE_URL + reverse("dossiers:answer_by_link", args=[token])
    return {"made": made, "address": address, "code": code}


def _act(request: HttpRequest, user: User, found: BodyLink) -> None:
    at = timezone.now()
    with told_on_page(request, denied=""):
        if "revoke" in request.POST:
            actions.revoke_link(link=found, by=user, at=at)
            messages.success(request, _("The link is revoked: nobody opens the list any more."))
        elif "take" in request.POST:
            for line in found.lines.all():
                log_file_access(user=user, person=line.dossier.person, what="dossier", at=at)
            _tell(request, actions.take_over(link=found, by=user, at=at))


def _tell(request: HttpRequest, results: list[BatchResult]) -> None:
    refused = [result for result in results if not result.is_done]
    if done := len(results) - len(refused):
        said = ngettext("%(count)s dossier was taken over.", "%(count)s dossiers were taken over.", done)
        messages.success(request, said % {"count": done})
    for result in refused:
        told = {"name": result.dossier.person.full_name, "why": result.refusal}
        messages.error(request, _("Left out, %(name)s: %(why)s") % told)


def _bodies(user: User) -> list[dict[str, Any]]:
    """Where dossiers wait for the user at a body that may answer by link."""
    own = Dossier.objects.at_own_bodies(user, timezone.localdate()).filter(current_step__by_link=True)
    able = {"person__withdrawn_at": None, "person__restricted_at": None}
    return bodies_at(Dossier.objects.filter(pk__in=own.values("pk"), **able))
