"""Classes for who teaches them: the list, and how the people of one come along. 404 for every other class."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interface.refusals import told_in_form
from interface.tables import TableView
from learning.calls import actions
from learning.calls.cohorts import progress_of, steps_needed, taught_by
from learning.calls.forms import TeacherForm
from learning.calls.models import Call
from learning.calls.tables import ClassTable, CohortTable
from learning.calls.views.finding import call_of, trail
from membership.admission import AdmittedMixin, admit, private_form
from membership.policy import Action


class ClassesView(AdmittedMixin, TableView):
    needs = Action.VIEW_LEARNING
    table_class = ClassTable
    page_title = gettext_lazy("Classes that I teach")
    lede = gettext_lazy("You see how the people of your classes come along, until thirty days after a class ends.")

    def get_rows(self) -> Any:
        return taught_by(self.user, timezone.localdate()).with_size()

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(_("Classes that I teach"), "")]


class ClassView(AdmittedMixin, TableView):
    needs = Action.VIEW_LEARNING
    table_class = CohortTable
    template_name = "calls/class.html"

    @cached_property
    def call(self) -> Call:
        return get_object_or_404(taught_by(self.user, timezone.localdate()), pk=self.kwargs["pk"])

    def get_rows(self) -> Any:
        return progress_of(self.call, steps_needed(self.call), timezone.localdate())

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(_("Classes that I teach"), reverse("calls:classes")), (self.call.title, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "page_title": _("Class: %(title)s") % {"title": self.call.title},
            "call": self.call,
            "state": self.call.state_on(today),
            "counts": self.get_rows().counted(today),
        }


@private_form
def teacher(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, at = admit(request, Action.ORGANISE), timezone.now()
    call = call_of(user, pk)
    form = TeacherForm(request.POST or None, call=call, at=at)
    if form.is_bound and form.is_valid():
        with told_in_form(form):
            actions.appoint(call=call, teacher=form.cleaned_data["teacher"], by=user, at=at)
            messages.success(request, _("Saved."))
            return redirect("calls:call", call.pk)
    steps = trail((call.title, reverse("calls:call", args=[call.pk])), (_("Teacher"), ""))
    title = _("Teacher of the class: %(title)s") % {"title": call.title}
    context = {"form": form, "title": title, "breadcrumbs": steps}
    return render(request, "calls/form.html", context, status=422 if form.is_bound else 200)
