"""Roles by list, and an office handed over to whoever comes after."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import FormView
from wagtail.admin.widgets import AdminDateInput

from intake.pages import PlanView, UploadView
from intake.upload import UploadForm
from interface.refusals import told_in_form
from interface.sheets import xlsx_response
from interface.tables import OFFICE
from membership.actions import hand_over
from membership.actions.role_list import RoleList
from membership.administration.forms import PersonCodeField
from membership.administration.permissions import memberships_in_reach
from membership.admission import OfficePage, admit, user_of
from membership.models import Membership, Role
from membership.policy import Action, roles_given_by
from membership.querysets import ending_after
from membership.role_sheet import template


class RolePage(OfficePage):
    needs = Action.MANAGE_PEOPLE
    header_icon = "group"
    parents = [("roles:index", gettext_lazy("Who holds which role"))]


class RoleListForm(UploadForm):
    is_left_open = forms.BooleanField(
        label=gettext_lazy("I know that some roles end which nobody holds afterwards"),
        required=False,
        help_text=gettext_lazy("Without it such rows are left out, and the dry run names them."),
    )

    def details(self) -> dict[str, Any]:
        return {"is_left_open": self.cleaned_data["is_left_open"]}


class RoleUploadView(UploadView, RolePage):
    page_title = gettext_lazy("Roles from a file")
    template_name = "membership/office/role_list.html"
    form_class = RoleListForm
    kind, look = RoleList, OFFICE
    upload_page, plan_page = "role_list:upload", "role_list:plan"


class RolePlanView(PlanView, RolePage):
    page_title = gettext_lazy("Dry run of the roles")
    kind, look = RoleList, OFFICE
    upload_page, plan_page = RoleUploadView.upload_page, RoleUploadView.plan_page
    parents = [*RolePage.parents, (RoleUploadView.upload_page, RoleUploadView.page_title)]


@login_required
@require_GET
def role_template(request: HttpRequest) -> HttpResponseBase:
    """404 for who manages no people."""
    admit(request, Action.MANAGE_PEOPLE)
    return xlsx_response(template(), "mau-vai-tro.xlsx")


class HandOverForm(forms.Form):
    successor = PersonCodeField(label=gettext_lazy("Code of who comes after"))
    day = forms.DateField(
        label=gettext_lazy("From day"),
        widget=AdminDateInput,
        help_text=gettext_lazy("Whoever leaves holds the office until the day before."),
    )


class HandOverView(RolePage, FormView[HandOverForm]):
    """Of an office that is held today or will be, by who may give it; 404 for all others."""

    page_title = gettext_lazy("Hand over")
    template_name = "membership/office/hand_over.html"
    form_class = HandOverForm

    @cached_property
    def held(self) -> Membership:
        within = memberships_in_reach(user_of(self.request), Action.MANAGE_PEOPLE).for_administration()
        offices = within.filter(ending_after(timezone.localdate())).exclude(role=Role.MEMBER)
        held = get_object_or_404(offices, pk=self.kwargs["pk"])
        if Role(held.role) not in roles_given_by(user_of(self.request), held.unit):
            raise Http404
        return held

    def get_page_subtitle(self) -> str:
        return f"{self.held.get_role_display()}, {self.held.unit.name}"

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.localdate()}

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        said = form.cleaned_data
        with told_in_form(form):
            done = hand_over(
                membership=self.held,
                successor=said["successor"],
                day=said["day"],
                by=user_of(self.request),
                at=timezone.now(),
            )
            told = _("%(name)s holds the office from %(day)s on.")
            day = date_format(said["day"], "d/m/Y")
            messages.success(self.request, told % {"name": done.given.person.full_name, "day": day})
            for person in done.untold:
                untold = _("No letter reaches %(name)s (%(code)s): tell them yourself.")
                messages.warning(self.request, untold % {"name": person.full_name, "code": person.code})
            return redirect("roles:index")
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"held": self.held, "media": context["form"].media, "submit_button_label": _("Hand over")}


urlpatterns = [
    path("", RoleUploadView.as_view(), name="upload"),
    path("mau.xlsx", role_template, name="template"),
    path("ban-giao/<int:pk>/", HandOverView.as_view(), name="hand_over"),
    path("<uuid:pk>/", RolePlanView.as_view(), name="plan"),
]
