"""What people type here."""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from intake.upload import UploadForm
from interface.vietnamese import nfc
from learning.evidence.registries import training
from membership.choosing import UnitChoiceField
from membership.models import Unit, User
from membership.policy import Action, reach


class SessionForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What is the session called?"),
        max_length=200,
        help_text=gettext_lazy("It stands in the evidence of everyone who comes."),
    )
    unit = UnitChoiceField(label=gettext_lazy("Which unit holds it?"))
    place = forms.CharField(label=gettext_lazy("Where?"), max_length=200, required=False)
    day = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    begins = forms.TimeField(label=pgettext_lazy("time of day", "From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=pgettext_lazy("time of day", "Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What does it train for?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Who was there then counts as trained in it."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offered := training.offered():
            self.fields["topics"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["topics"]
        units = Unit.objects.on(timezone.localdate()).filter(reach(user, Action.ORGANISE))
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        begins, ends = values.get("begins"), values.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It must end after it begins."))
        return values

    def values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        moments = [
            timezone.make_aware(datetime.datetime.combine(said["day"], time), timezone.get_default_timezone())
            for time in (said["begins"], said["ends"])
        ]
        return {
            "token": said["token"],
            "unit": said["unit"],
            "title": said["title"],
            "place": nfc(said["place"]),
            "starts_at": moments[0],
            "ends_at": moments[1],
            "topics": said.get("topics", []),
        }


class SheetForm(UploadForm):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(
            "An .xlsx file with a heading line: “Mã” (the code of each person), or “Họ và tên” and “Năm sinh”."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("The eight digits on the screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text=gettext_lazy("They change every minute."),
    )
