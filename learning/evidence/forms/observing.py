"""What officers say of others: what they saw, and why they cannot confirm a certificate."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interface.vietnamese import nfc
from learning.evidence.forms.declaring import DayField, noon_of


class ObservationForm(forms.Form):
    title = forms.CharField(
        label=_("What did the person learn or do?"),
        max_length=200,
        help_text=_("One short sentence: “Taught neighbours to use the public service portal”."),
    )
    occurred_on = DayField(label=_("On which day?"))
    text = forms.CharField(
        label=_("What did you see?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        return {
            "title": nfc(said["title"]),
            "text": nfc(said["text"]),
            "occurred_at": noon_of(said["occurred_on"]),
            "token": said["token"],
        }


class RefusalForm(forms.Form):
    reason = forms.CharField(label=_("Why can you not confirm it?"), max_length=500)
