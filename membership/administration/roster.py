"""Bringing a list of people in: the file and the unit are chosen, then the dry run is looked at."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from intake.pages import PlanView, UploadView
from intake.upload import UploadForm
from interface.sheets import xlsx_response
from interface.tables import OFFICE
from membership.actions.roster import Roster
from membership.administration.forms import managed_units
from membership.admission import OfficePage, admit
from membership.choosing import UnitChoiceField
from membership.models import Person, Unit, UnitKind
from membership.policy import Action
from membership.roster.columns import template


class RosterForm(UploadForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "An .xlsx or .csv with the headings of the template, or a school's OneRoster 1.2 files as one .zip. "
            "Citizen IDs in it are hashed while it is read; the file itself is then dropped."
        ),
    )
    unit = UnitChoiceField(
        suggests=False,
        label=_("Into which unit"),
        help_text=_("Rows that name no unit go here. They may name it or any unit beneath it."),
    )
    is_complete = forms.BooleanField(
        label=_("The list is complete: whoever is not in it is a member no more"),
        required=False,
        help_text=_("Memberships in this unit and beneath end for whom the list leaves out. The dry run names each."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.offer(managed_units(user, frozenset(UnitKind) - {UnitKind.DISTRICT}))

    def details(self) -> dict[str, Any]:
        return {"unit": self.cleaned_data["unit"].pk, "is_complete": self.cleaned_data["is_complete"]}


class RosterPage(OfficePage):
    needs = Action.MANAGE_PEOPLE
    header_icon = "user"
    parents = [("people:index", capfirst(Person._meta.verbose_name_plural))]


class RosterUploadView(UploadView, RosterPage):
    page_title = _("Bring in a list of people")
    template_name = "membership/office/roster.html"
    form_class = RosterForm
    kind, look = Roster, OFFICE
    upload_page, plan_page = "roster:upload", "roster:plan"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}


class RosterPlanView(PlanView, RosterPage):
    page_title = _("Dry run of the list")
    template_name = "membership/office/roster_plan.html"
    kind, look = Roster, OFFICE
    upload_page, plan_page = RosterUploadView.upload_page, RosterUploadView.plan_page
    parents = [*RosterPage.parents, (RosterUploadView.upload_page, RosterUploadView.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unit = Unit.objects.filter(pk=self.batch.details["unit"]).first()
        return super().get_context_data(**kwargs) | {"unit": unit}


@login_required
@require_GET
def roster_template(request: HttpRequest) -> HttpResponseBase:
    """A workbook to fill in. 404 for who manages no people."""
    admit(request, Action.MANAGE_PEOPLE)
    return xlsx_response(template(), "mau-danh-sach-nguoi.xlsx")


urlpatterns = [
    path("", RosterUploadView.as_view(), name="upload"),
    path("<uuid:pk>/", RosterPlanView.as_view(), name="plan"),
    path("mau.xlsx", roster_template, name="template"),
]
