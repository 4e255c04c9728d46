"""What someone kept and wants to see checked."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    text = forms.CharField(
        label=_("A checkpoint or a proof that you kept"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Paste the whole text, from a mail, a report or a downloaded file."),
    )


class CompareForm(forms.Form):
    cu = forms.IntegerField(label=_("Older checkpoint"), min_value=1)
    moi = forms.IntegerField(label=_("Newer checkpoint"), min_value=1)
