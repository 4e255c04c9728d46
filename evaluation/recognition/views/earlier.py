"""Titles of earlier years by file: the decision is typed from its paper, the people come from a spreadsheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.recognition.actions import EarlierDecision, refuse_decision
from evaluation.recognition.earlier_titles import EarlierTitles, kept_as
from evaluation.recognition.models import Decision
from evaluation.recognition.views.trails import trail_to_decisions
from intake.models import Import
from intake.pages import ImportPage, PlanView, UploadView
from membership.models import Unit
from membership.people_sheet import PeopleSheetForm
from membership.policy import Action, reach

_FIRST_YEAR = 2000


class EarlierForm(PeopleSheetForm):
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=gettext_lazy("Unit that recognises there now"),
        help_text=gettext_lazy("The people of the list are looked for there and beneath it."),
    )
    issuer = forms.CharField(
        label=gettext_lazy("Body that decided, if it was called otherwise"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("As on the paper, such as: Ủy ban nhân dân quận Hải Châu."),
    )
    year = forms.IntegerField(label=gettext_lazy("Year of the title"), min_value=_FIRST_YEAR)
    number = forms.CharField(label=gettext_lazy("Decision number"), max_length=40)
    signed_on = forms.DateField(label=gettext_lazy("Signed on"), widget=forms.DateInput(attrs={"type": "date"}))
    signer_name = forms.CharField(label=gettext_lazy("Signed by"), max_length=120)
    signer_title = forms.CharField(label=gettext_lazy("Position of the signer"), max_length=120)
    field_order = ("unit", "issuer", "year", "number", "signed_on", "signer_name", "signer_title", "file")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].initial = units[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            try:
                refuse_decision(self._about(), timezone.localdate())
            except ValidationError as refused:
                self.add_error(None, refused)
        return cleaned

    def details(self) -> dict[str, Any]:
        return kept_as(self._about())

    def _about(self) -> EarlierDecision:
        return EarlierDecision(**{name: self.cleaned_data[name] for name in self.field_order if name != "file"})


class EarlierPage(ImportPage):
    kind = EarlierTitles
    page_title = gettext_lazy("Titles of earlier years from a list")
    upload_page, plan_page = "recognition:earlier", "recognition:earlier_plan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lede = _(
            "Titles that were decided on paper count, and can be verified, once they are entered with their decision. "
            "They are labelled as entered from the register; a year on which you decided here takes none."
        )
        trail = [*trail_to_decisions(), (_("Earlier years"), "")]
        return super().get_context_data(**kwargs) | {"lede": lede, "breadcrumbs": trail}


class EarlierView(EarlierPage, UploadView):
    form_class = EarlierForm

    def get_form_kwargs(self) -> dict[str, Any]:
        units = Unit.objects.on(timezone.localdate()).filter(reach(self.request.user, Action.RECOGNISE))
        return super().get_form_kwargs() | {"units": units.order_by("path")}


class EarlierPlanView(EarlierPage, PlanView):
    def answer(self, batch: Import) -> HttpResponse:
        if batch.problem:
            messages.error(self.request, batch.problem)
            return super().answer(batch)
        messages.success(self.request, _("The titles are entered. Each person is told, and sees them on their page."))
        return redirect(Decision.objects.get(pk=batch.details["decision"]))
