"""The form by which an administrator makes a credential."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from learning.tracking.models import Credential, Scope


class CredentialForm(WagtailAdminModelForm):
    scopes = forms.MultipleChoiceField(
        label=_("May"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.WRITE_STATEMENTS, Scope.READ_OWN_STATEMENTS],
    )

    class Meta:
        model = Credential
        fields = ["name", "scopes"]

    def clean_scopes(self) -> list[str]:
        chosen: Any = self.cleaned_data["scopes"]
        return sorted(chosen)
