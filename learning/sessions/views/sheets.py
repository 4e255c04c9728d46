"""A spreadsheet of who was there: first what would become of each line, then, once agreed, just that."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.models import Import
from intake.pages import ImportPage, PlanView, UploadView
from learning.sessions.attendance_sheet import AttendanceSheet
from learning.sessions.models import Session
from learning.sessions.views.desk import say_noted
from learning.sessions.views.trails import session_trail
from membership.people_sheet import PeopleSheetForm


class SheetPage(ImportPage):
    kind = AttendanceSheet
    page_title = gettext_lazy("Attendance from a spreadsheet")
    upload_page, plan_page = "sessions:sheet", "sessions:sheet_plan"

    @property
    def scope(self) -> str:
        return str(self.kwargs["session_id"])

    @cached_property
    def session(self) -> Session:
        return Session.objects.get(pk=self.scope)

    @property
    def session_address(self) -> str:
        return reverse("sessions:session", args=[self.scope])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = session_trail((self.session.title, self.session_address), (_("Spreadsheet"), ""))
        about = {"lede": self.session.title, "session": self.session, "breadcrumbs": steps}
        return super().get_context_data(**kwargs) | about


class SheetView(SheetPage, UploadView):
    template_name = "sessions/sheet.html"
    form_class = PeopleSheetForm


class SheetPlanView(SheetPage, PlanView):
    def answer(self, batch: Import) -> HttpResponse:
        if batch.problem:
            messages.error(self.request, batch.problem)
        elif batch.state == Import.State.UNDONE:
            messages.success(self.request, self._said_undone(batch.details.get("undone", 0)))
        else:
            details = batch.details
            say_noted(self.request, details.get("noted", 0), has_noted_self=details.get("has_noted_self", False))
        return redirect(self.session_address)

    def _said_undone(self, count: int) -> str:
        text = ngettext("%(count)s person is no longer noted.", "%(count)s people are no longer noted.", count)
        return text % {"count": count}
