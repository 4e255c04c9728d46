"""What is to be set up before the site goes live: one page, to which whoever sets it up comes back."""

import datetime
from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component

from membership.administration.channels import ChannelsView
from membership.administration.owner import OwnerView
from membership.admission import OfficePage
from membership.policy import Action
from membership.registries.beginning import Step, steps


class BeginningView(OfficePage, TemplateView):
    needs = Action.SET_UP
    page_title = _("Setting up")
    header_icon = "tick-inverse"
    template_name = "membership/office/beginning.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = timezone.localdate()
        lines = [_line(step, day) for step in sorted(steps, key=lambda step: step.order)]
        missing = sum(not line["state"].is_done for line in lines)
        return super().get_context_data(**kwargs) | {"lines": lines, "missing": missing}


class BeginningPanel(Component):
    """On the first page of the admin, to which signing in leads: how much is missing still, and the way there."""

    order = 10
    template_name = "membership/office/beginning_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        day = timezone.localdate()
        return {"missing": sum(not step.ask(day).is_done for step in steps)}


def _line(step: Step, day: datetime.date) -> dict[str, Any]:
    return {"step": step, "state": step.ask(day), "url": reverse(step.address)}


urlpatterns = [
    path("", BeginningView.as_view(), name="guide"),
    path("kenh/", ChannelsView.as_view(), name="channels"),
    path("chung-toi/", OwnerView.as_view(), name="owner"),
]
