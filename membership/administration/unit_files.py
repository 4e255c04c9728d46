"""Units from a file: the template, the upload and the dry run, in Wagtail's admin."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from intake.pages import PlanView, UploadView
from interface.sheets import xlsx_response
from interface.tables import OFFICE
from membership.actions.unit_file import UnitFile
from membership.admission import OfficePage, admit
from membership.policy import Action
from membership.unit_sheet import template


class UnitFilePage(OfficePage):
    needs = Action.MANAGE_UNITS
    header_icon = "site"
    parents = [("units:index", _("Units"))]


class UnitUploadView(UploadView, UnitFilePage):
    page_title = _("Units from a file")
    template_name = "membership/office/unit_file.html"
    kind, look = UnitFile, OFFICE
    upload_page, plan_page = "unit_file:upload", "unit_file:plan"


class UnitPlanView(PlanView, UnitFilePage):
    page_title = _("Dry run of the units")
    kind, look = UnitFile, OFFICE
    upload_page, plan_page = UnitUploadView.upload_page, UnitUploadView.plan_page
    parents = [*UnitFilePage.parents, ("unit_file:upload", UnitUploadView.page_title)]


@login_required
@require_GET
def unit_template(request: HttpRequest) -> HttpResponseBase:
    """404 for who manages no units."""
    admit(request, Action.MANAGE_UNITS)
    return xlsx_response(template(), "mau-don-vi.xlsx")


urlpatterns = [
    path("", UnitUploadView.as_view(), name="upload"),
    path("mau/", unit_template, name="template"),
    path("<uuid:pk>/", UnitPlanView.as_view(), name="plan"),
]
