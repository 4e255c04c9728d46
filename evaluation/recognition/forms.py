"""What officers and visitors write."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IssueForm(forms.Form):
    number = forms.CharField(
        label=_("Decision number"), help_text=_("As on the signed paper, such as 125/QĐ-UBND."), max_length=40
    )
    signed_on = forms.DateField(
        label=_("Signed on"),
        help_text=_("The day on the signed paper; today at the latest."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    signer_name = forms.CharField(
        label=_("Signed by"), help_text=_("Full name, as it shall stand on the certificates."), max_length=120
    )
    signer_title = forms.CharField(
        label=_("Position of the signer"), help_text=_("Such as Chủ tịch or Phó Chủ tịch."), max_length=120
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.fields["signer_name"].widget.attrs["autocomplete"] = "off"


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the title is revoked"),
        help_text=_("Everyone who verifies the title reads this: write no personal matters."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Verification code"),
        help_text=_("It stands on the certificate, such as K7MN-3HPC-XA4T. Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
