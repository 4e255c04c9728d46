"""Cancelling the moderation of a page: asked first, and never where one reaches for “approve”."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, WorkflowState


class AskingCancelItem(CancelWorkflowMenuItem):
    """Leads to the question instead of acting."""

    label = gettext_lazy("Cancel the moderation …")

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("cancel_moderation", args=[parent_context["page"].pk])


def put_cancelling_last(menu: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    if any(isinstance(item, CancelWorkflowMenuItem) for item in menu):
        menu[:] = [item for item in menu if not isinstance(item, CancelWorkflowMenuItem)] + [AskingCancelItem()]


class CancelModerationView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Cancel the moderation")
    header_icon = "error"
    template_name = "training_materials/admin/cancel_moderation.html"

    @cached_property
    def page(self) -> Page:
        return get_object_or_404(Page, pk=self.kwargs["pk"])

    @cached_property
    def state(self) -> WorkflowState:
        """404 where nothing is being moderated, or not by them."""
        state = self.page.current_workflow_state
        if state is None or not state.user_can_cancel(self.request.user):
            raise Http404
        return state

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page": self.page, "state": self.state}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.state.cancel(user=request.user)
        messages.success(request, _("The moderation is cancelled. What was written stays as a draft."))
        return redirect("wagtailadmin_pages:edit", pk)
