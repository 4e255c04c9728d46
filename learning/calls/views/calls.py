"""Calls for who makes them: the list, a new one, one call with its people. 404 for whatever is of no unit of theirs."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interface.refusals import told_in_form, told_on_page
from interface.tables import TableView
from learning.calls import actions
from learning.calls.cohorts import taught_by
from learning.calls.forms import CallForm, TermsForm
from learning.calls.models import Call, Called
from learning.calls.tables import CalledTable, CallTable, DraftTable
from learning.calls.views.finding import call_of, trail
from learning.calls.views.people import chosen_people
from membership.admission import AdmittedMixin, admit, private_form, private_post
from membership.models import Unit, User
from membership.policy import Action, reach


class CallsView(AdmittedMixin, TableView):
    needs = Action.ORGANISE
    table_class = CallTable
    template_name = "calls/calls.html"
    page_title = gettext_lazy("Calls to learn")
    lede = gettext_lazy("Whom your unit asks to learn what, and until when. Each of them sees it in “My learning”.")

    def get_rows(self) -> Any:
        return Call.objects.for_list(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        teaches = taught_by(self.user, timezone.localdate()).exists()
        return super().get_context_data(**kwargs) | {"teaches": teaches}

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(_("Calls to learn"), "")]


class CallView(AdmittedMixin, TableView):
    needs = Action.ORGANISE
    template_name = "calls/call.html"

    @cached_property
    def call(self) -> Call:
        return call_of(self.user, self.kwargs["pk"])

    @cached_property
    def table(self) -> CalledTable:
        return (DraftTable if self.call.is_draft else CalledTable)(self.request, self.get_rows(), self.look)

    def get_rows(self) -> Any:
        return Called.objects.for_call(self.call, timezone.localdate())

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail((self.call.title, ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "page_title": _("Call: %(title)s") % {"title": self.call.title},
            "call": self.call,
            "state": self.call.state_on(today),
            "counts": self.get_rows().counted(today),
        }


@private_form
def new(request: HttpRequest) -> HttpResponse:
    """Of a group; or of people whom a list of them hands over."""
    user = admit(request, Action.ORGANISE)
    people = chosen_people(request, user)
    sent = request.POST if "token" in request.POST else None
    form = CallForm(sent, user=user, chosen=len(people), initial=None if sent else _asked(request, user))
    if form.is_valid():
        with told_in_form(form):
            values = form.values() | ({"people": people} if people else {})
            call = actions.prepare(**values, by=user, at=timezone.now())
            return redirect("calls:call", call.pk)
    context = {"form": form, "title": _("New call"), "people": people, "breadcrumbs": trail((_("New call"), ""))}
    return render(request, "calls/form.html", context, status=422 if form.is_bound else 200)


@private_form
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = admit(request, Action.ORGANISE)
    call = call_of(user, pk)
    form = TermsForm(request.POST) if request.method == "POST" else TermsForm.of(call)
    if form.is_bound and form.is_valid():
        with told_in_form(form):
            actions.change(call=call, terms=form.terms, by=user, at=timezone.now())
            messages.success(request, _("Saved."))
            return redirect("calls:call", call.pk)
    steps = trail((call.title, reverse("calls:call", args=[call.pk])), (_("Change"), ""))
    context = {"form": form, "title": _("Change the call: %(title)s") % {"title": call.title}, "breadcrumbs": steps}
    return render(request, "calls/form.html", context, status=422 if form.is_bound else 200)


@private_post
def act(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = admit(request, Action.ORGANISE)
    call, at = call_of(user, pk), timezone.now()
    with told_on_page(request):
        match request.POST.get("do"):
            case "call":
                actions.call_out(call=call, by=user, at=at)
                messages.success(request, _("They are called. Each of them sees it in “My learning”."))
            case "cancel":
                actions.cancel(call=call, by=user, at=at)
                messages.success(request, _("The call is cancelled."))
            case "refresh":
                new = actions.put_on(call=call, by=user, at=at)
                text = ngettext("%(count)s person more is called.", "%(count)s people more are called.", new)
                messages.success(request, text % {"count": new} if new else _("Nobody has joined the group since."))
            case _unknown:
                raise Http404
    return redirect("calls:call", call.pk)


def _asked(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the page that led here had in mind; what nobody may choose is passed over by the form."""
    unit = Unit.objects.on(timezone.localdate()).filter(
        reach(user, Action.ORGANISE), code=request.GET.get("don-vi", "")
    )
    first = unit.first()
    asked = {"what": request.GET.get("hoc"), "group": request.GET.get("nhom"), "unit": first.pk if first else None}
    return {name: value for name, value in asked.items() if value} | {"first_day": timezone.localdate().isoformat()}
