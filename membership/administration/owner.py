"""Who answers for the site: the first step of setting up."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images.widgets import AdminImageChooser

from interface.models import SiteOwner
from interface.owner import owner
from membership.actions import keep_owner
from membership.admission import OfficePage, user_of
from membership.policy import Action


class OwnerForm(WagtailAdminModelForm):
    class Meta:
        model = SiteOwner
        fields = ["name", "email", "phone", "logo"]
        widgets = {"logo": AdminImageChooser}
        help_texts = {
            "name": gettext_lazy("As it stands on papers: “Hội Khuyến học tỉnh Bắc Ninh”."),
            "email": gettext_lazy("Where people write who are stuck. Everybody can read it."),
            "phone": gettext_lazy("Where people call who are stuck. Everybody can read it."),
            "logo": gettext_lazy("In place of the open book, on pages and certificates; without one the book stays."),
        }


class OwnerView(OfficePage, FormView[OwnerForm]):
    needs = Action.SET_UP
    page_title = gettext_lazy("Who we are")
    header_icon = "tick-inverse"
    parents = [("beginning:guide", gettext_lazy("Setting up"))]
    template_name = "membership/office/owner.html"
    form_class = OwnerForm

    def get_initial(self) -> dict[str, Any]:
        """While nothing is kept, what the environment says."""
        told = owner()
        return {"name": told.name, "email": told.email, "phone": told.phone}

    def get_form_kwargs(self) -> dict[str, Any]:
        kept = SiteOwner.objects.first()
        return super().get_form_kwargs() | {"instance": kept, "for_user": self.user}

    def form_valid(self, form: OwnerForm) -> HttpResponse:
        keep_owner(**form.cleaned_data, by=user_of(self.request), at=timezone.now())
        messages.success(self.request, _("Saved: it stands at the head and foot of every page from now on."))
        return redirect("beginning:guide")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"media": context["form"].media, "submit_button_label": _("Save")}
