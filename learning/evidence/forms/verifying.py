"""Why an officer cannot confirm a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RefusalForm(forms.Form):
    reason = forms.CharField(label=_("Why can you not confirm it?"), max_length=500)
