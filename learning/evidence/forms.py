"""What people type here."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.upload import UploadForm
from interface.card_numbers import has_card_number
from interface.fields import LinesField
from interface.vietnamese import nfc
from learning.evidence.declaring import DayField, noon_of

_NATIONAL_CODE = re.compile(r"[A-Za-z0-9./-]{4,40}")
_MOST_CHECKPOINTS = 2**31 - 1  # what the column counts to


class CheckForm(forms.Form):
    text = LinesField(
        label=gettext_lazy("A checkpoint or a proof that you kept"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("Paste the whole text, from a mail, a report or a downloaded file."),
    )


class CompareForm(forms.Form):
    cu = forms.IntegerField(label=gettext_lazy("Older checkpoint"), min_value=1, max_value=_MOST_CHECKPOINTS)
    moi = forms.IntegerField(label=gettext_lazy("Newer checkpoint"), min_value=1, max_value=_MOST_CHECKPOINTS)


class WithdrawalForm(forms.Form):
    reason = LinesField(
        label=gettext_lazy("Why do you take it back?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in your history beside what you take back."),
    )


class ObservationForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What did the person learn or do?"),
        max_length=200,
        help_text=gettext_lazy("One short sentence: “Taught neighbours to use the public service portal”."),
    )
    occurred_on = DayField(label=gettext_lazy("On which day?"))
    text = LinesField(
        label=gettext_lazy("What did you see?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
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
    reason = forms.CharField(label=gettext_lazy("Why can you not confirm it?"), max_length=500)


class PassportForm(UploadForm):
    file = forms.FileField(
        label=gettext_lazy("Learning record or badge"),
        help_text=gettext_lazy(
            "The .json or .jwt file as you got it: a learning record of another site like this one (CLR 2.0), or a "
            "badge (Open Badges 3.0)."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.jwt,.txt"}),
    )


class NationalCodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of your national learning record"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Only if you have one and want it in the file. Emptied, it is forgotten. A citizen ID is not kept here."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = nfc(self.cleaned_data["code"])
        if has_card_number(code):
            raise forms.ValidationError(_("This is the number of an identity card, which this site does not keep."))
        if code and not _NATIONAL_CODE.fullmatch(code):
            raise forms.ValidationError(_("A code has 4 to 40 letters, figures, dots, dashes or strokes."))
        return code
