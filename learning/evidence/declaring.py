"""What a person declares, typed on a page of this app or of one above."""

import datetime
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_ratelimit.core import is_ratelimited

from interface.vietnamese import nfc
from learning.evidence.kinds import Kind, offered_choices
from learning.evidence.models import Evidence
from learning.evidence.paper_field import PaperField

ADDING_RATE = "30/h"
_EARLIEST = datetime.date(1950, 1, 1)


def noon_of(day: datetime.date) -> datetime.datetime:
    """A day as a moment that lies in it wherever one reads it."""
    noon = datetime.datetime.combine(day, datetime.time(12))
    return timezone.make_aware(noon, timezone.get_default_timezone())


class DayField(forms.DateField):
    """A day that has come, typed by a picker or as dd/mm/yyyy."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Add it once it has taken place."))
        if value and value < _EARLIEST:
            raise forms.ValidationError(_("Please check the year."))


class DeclarationForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want to add?"),
        choices=offered_choices,
        widget=forms.RadioSelect,
        initial=Kind.EXTERNAL_CERTIFICATE,
    )
    title = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        help_text=gettext_lazy("As on the paper, or one short sentence: “Took part in the reading day of the ward”."),
    )
    occurred_on = DayField(
        label=gettext_lazy("On which day?"),
        help_text=gettext_lazy("The day on the paper, or the day it took place. It decides for which year it counts."),
    )
    issuer = forms.CharField(
        label=gettext_lazy("Who issued or organised it?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Needed for a certificate."),
    )
    code = forms.CharField(label=gettext_lazy("Number or code"), max_length=100, required=False)
    link = forms.URLField(
        label=gettext_lazy("Link where it can be looked up"), max_length=500, required=False, assume_scheme="https"
    )
    file = PaperField(
        label=gettext_lazy("Scan or photo"),
        required=False,
        help_text=gettext_lazy("A PDF, JPG or PNG of at most 10 MB. Only you and those who review you can open it."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("kind") == Kind.EXTERNAL_CERTIFICATE and not values.get("issuer") and "issuer" not in self.errors:
            self.add_error("issuer", _("Say who issued the certificate."))
        return values

    @classmethod
    def of(cls, evidence: Evidence) -> "DeclarationForm":
        """Filled with what stands, to be corrected."""
        details = {name: evidence.details.get(name, "") for name in ("issuer", "code", "link")}
        day = timezone.localdate(evidence.occurred_at)
        return cls(initial={"kind": evidence.kind, "title": evidence.title, "occurred_on": day, **details})

    @property
    def lost_file(self) -> bool:
        """Whether a file came with a form that must be corrected: a browser cannot fill it in again."""
        return self.is_bound and bool(self.errors) and bool(self.files)

    def fact_values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        values = self.cleaned_data
        details = {name: nfc(values[name]) for name in ("issuer", "code", "link") if values[name]}
        return {
            "kind": values["kind"],
            "title": values["title"],
            "occurred_at": noon_of(values["occurred_on"]),
            "details": details,
            "upload": values["file"],
            "token": values["token"],
        }


def problem(request: HttpRequest, form: DeclarationForm) -> int:
    """The status of a form that is not taken, with what is wrong noted in it; 0 if nothing is."""
    if is_ratelimited(request, group="evidence.add", key="user", rate=ADDING_RATE, increment=True):
        form.add_error(None, _("You have added very many in one hour. What you typed is kept: try again in an hour."))
        return 429
    return 0 if form.is_valid() else 422
