"""What goes along with a session."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interface.vietnamese import nfc
from learning.evidence.paper_field import PaperField
from learning.sessions.models import Material


class MaterialForm(forms.Form):
    stage = forms.ChoiceField(
        label=gettext_lazy("What is it for?"),
        choices=Material.Stage.choices,
        help_text=gettext_lazy(
            "Whoever sees the session sees what is to be read before it and what is left of it. What the office keeps, "
            "as signed minutes or the list of who was there, only who may hold the session can open."
        ),
    )
    title = forms.CharField(label=pgettext_lazy("of a link", "What is it?"), max_length=200)
    link = forms.URLField(
        label=gettext_lazy("Link"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("A page of the library or of another site."),
    )
    upload = PaperField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("A PDF, JPG or PNG of at most 10 MB. Save slides as PDF: every phone opens it."),
    )

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and bool(values["link"]) == bool(values["upload"]):
            self.add_error("link", _("Give a link or a file: one of them."))
        return values
