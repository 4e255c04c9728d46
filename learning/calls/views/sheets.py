"""A list of whom to call as a spreadsheet: first what would become of each line, then, once agreed, just that."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models import Import
from intake.pages import ImportPage, PlanView, UploadView
from learning.calls.called_sheet import CalledSheet
from learning.calls.models import Call
from learning.calls.views.finding import trail
from learning.calls.views.people import say_added
from membership.people_sheet import PeopleSheetForm


class SheetPage(ImportPage):
    kind = CalledSheet
    page_title = gettext_lazy("People to call from a spreadsheet")
    upload_page, plan_page = "calls:sheet", "calls:sheet_plan"

    @property
    def scope(self) -> str:
        return str(self.kwargs["call_id"])

    @cached_property
    def call(self) -> Call:
        return Call.objects.get(pk=self.scope)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = trail((self.call.title, reverse("calls:call", args=[self.scope])), (_("Spreadsheet"), ""))
        return super().get_context_data(**kwargs) | {"lede": self.call.title, "breadcrumbs": steps}


class SheetView(SheetPage, UploadView):
    form_class = PeopleSheetForm


class SheetPlanView(SheetPage, PlanView):
    def answer(self, batch: Import) -> HttpResponse:
        if batch.problem:
            messages.error(self.request, batch.problem)
        else:
            say_added(self.request, batch.details.get("added", 0))
        return redirect("calls:call", self.scope)
