"""The officers' desk for requests about personal data."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_filters import ChoiceFilter, FilterSet

from interface.places import address
from interface.refusals import told_in_form, told_on_page
from interface.tables import Column, Empty, SearchFilter, Table, TableView, mark
from interface.tables.columns import display
from membership.actions import log_file_access
from membership.admission import AdmittedMixin, admit, private_form, private_post, user_of
from membership.export import export_response
from membership.models import User
from membership.policy import Action, may
from privacy import actions
from privacy.forms import NOBODY, AnswerForm, AssistedRequestForm
from privacy.models import KINDS, Clock, Request
from privacy.querysets import RequestQuerySet

Trail = list[tuple[str, str]]
_ANSWERS = {"grant": actions.grant, "refuse": actions.refuse, "lift": actions.lift}


def trail(last: str = "") -> Trail:
    desk = (gettext("Requests about personal data"), reverse("privacy:requests") if last else "")
    return [(gettext("Evaluation"), address("review")), desk, *([(last, "")] if last else [])]


class RequestFilters(FilterSet):
    state = ChoiceFilter(label=_("State of the request"), empty_label=_("All"), choices=Request.State.choices)
    kind = ChoiceFilter(label=_("What is asked for"), empty_label=_("Everything"), choices=KINDS)
    q = SearchFilter(_("Name or code"))


def _next(row: Any) -> str:
    if not row.is_open:
        return ""
    late = row.next_day < timezone.localdate()
    return mark(f"{display(row.next_day)}: {gettext('late')}", "warning") if late else display(row.next_day)


class RequestTable(Table):
    caption = _("Requests about personal data")
    filters_class = RequestFilters
    filename = "yeu-cau-du-lieu-ca-nhan"
    names_people = True
    row_address = "privacy:request"
    empty = Empty(
        _("No requests"), _("What people of your units ask about their data appears here, with the day it is due.")
    )
    columns = [
        Column(name="person", label=_("Person"), read="person.full_name", note="person.code", is_heading=True,
               order=["person__sort_key"]),
        Column(name="kind", label=_("What is asked for"), read="get_kind_display", order=["kind"]),
        Column(name="unit", label=_("Unit"), read="unit.name", order=["unit__path"]),
        Column(name="filed", label=_("Received"), read=lambda row: timezone.localdate(row.filed_at),
               order=["filed_at"]),
        Column(name="next", label=_("Next due"), read="next_day", show=_next, order=["next_on"]),
        Column(name="state", label=_("State of the request"), read="get_state_display", order=["state"]),
    ]  # fmt: skip


class RequestsView(AdmittedMixin, TableView):
    needs = Action.MANAGE_PEOPLE
    table_class = RequestTable
    template_name = "privacy/requests.html"
    page_title = _("Requests about personal data")
    lede = _("The law gives days to say that a request has come, and to answer it. What is due next stands first.")

    def get_rows(self) -> RequestQuerySet:
        return Request.objects.for_desk(self.user)

    def get_breadcrumbs(self) -> Trail:
        return trail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_set_terms": may(self.user, Action.PROTECT_DATA)}


@private_form
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = _found(request, pk)
    form = AnswerForm(request.POST or None, request=found, by=user)
    if form.is_valid():
        with told_in_form(form, denied=""):
            answer = _ANSWERS[form.cleaned_data["move"]]
            answer(request=found, answer=form.cleaned_data["answer"], by=user, at=timezone.now())
            messages.success(request, gettext("The person reads your answer."))
            return redirect("privacy:request", pk=found.pk)
    context = {
        "asked": found,
        "form": form if form.fields["move"].choices else None,  # type: ignore[attr-defined]
        "is_own_entry": found.is_open and found.is_entered_by(user),
        "hands_out_file": _hands_out_file(found, user),
        "breadcrumbs": trail(found.person.full_name),
    }
    return render(request, "privacy/request.html", context, status=422 if form.errors else 200)


@private_post
@login_required
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = _found(request, pk)
    with told_on_page(request, denied=""):
        actions.acknowledge(request=found, by=user, at=timezone.now())
        messages.success(request, gettext("The person reads that the request has come and by when it is answered."))
    return redirect("privacy:request", pk=found.pk)


@login_required
@require_safe
def file_of(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All that is kept about the person, to be handed to who has no account; that it was opened is noted."""
    user, found = _found(request, pk)
    if not _hands_out_file(found, user):
        raise Http404
    log_file_access(user=user, person=found.person, what="export", at=timezone.now())
    return export_response(found.person)


@private_form
def file_for(request: HttpRequest) -> HttpResponse:
    """By an officer on somebody's behalf."""
    user = user_of(request)
    if not (may(user, Action.ASSIST) or may(user, Action.MANAGE_PEOPLE)):
        raise Http404
    form = AssistedRequestForm(request.POST or None)
    if form.is_valid():
        with told_in_form(form, denied=str(NOBODY)):
            told = form.cleaned_data
            asked = actions.file_request(
                person=told["code"], kind=told["kind"], words=told["words"], by=user, at=timezone.now()
            )
            due = {"name": asked.person.full_name, "day": display(asked.due_on)}
            messages.success(request, gettext("Noted for %(name)s; to be answered by %(day)s.") % due)
            return redirect("privacy:requests" if may(user, Action.MANAGE_PEOPLE) else "privacy:file_for")
    context = {"form": form, "breadcrumbs": trail(gettext("For somebody else"))}
    return render(request, "privacy/file_for.html", context, status=422 if form.errors else 200)


def _hands_out_file(asked: Request, user: User) -> bool:
    return asked.is_open and asked.kind in (Clock.SEE, Clock.TAKE_ALONG) and not asked.is_entered_by(user)


def _found(request: HttpRequest, pk: int) -> tuple[User, Request]:
    user = admit(request, Action.MANAGE_PEOPLE)
    return user, get_object_or_404(Request.objects.for_desk(user), pk=pk)
