"""Units by a decree: the template, the upload and the dry run, in Wagtail's admin."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from intake.pages import PlanView, UploadView
from interface.sheets import xlsx_response
from interface.tables import OFFICE
from membership.actions.decree import Decree
from membership.administration.unit_files import UnitFilePage
from membership.admission import admit
from membership.decrees.sheet import template
from membership.policy import Action


class DecreeUploadView(UploadView, UnitFilePage):
    page_title = _("Units by a decree")
    template_name = "membership/office/decree.html"
    kind, look = Decree, OFFICE
    upload_page, plan_page = "decree:upload", "decree:plan"


class DecreePlanView(PlanView, UnitFilePage):
    page_title = _("Dry run of a decree")
    kind, look = Decree, OFFICE
    upload_page, plan_page = DecreeUploadView.upload_page, DecreeUploadView.plan_page
    parents = [*UnitFilePage.parents, ("decree:upload", DecreeUploadView.page_title)]


@login_required
@require_GET
def decree_template(request: HttpRequest) -> HttpResponseBase:
    """404 for who manages no units."""
    admit(request, Action.MANAGE_UNITS)
    return xlsx_response(template(), "mau-quyet-dinh-don-vi.xlsx")


urlpatterns = [
    path("", DecreeUploadView.as_view(), name="upload"),
    path("mau/", decree_template, name="template"),
    path("<uuid:pk>/", DecreePlanView.as_view(), name="plan"),
]
