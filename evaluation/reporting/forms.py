"""What officers enter."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.reporting.actions import LARGEST_VALUE
from evaluation.reporting.definitions import AIMS
from evaluation.reporting.models import ReportSending
from interface.fields import LinesField


class DenominatorForm(forms.Form):
    """A field for each figure that only the unit knows; an empty one changes nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aim in filter(lambda aim: aim.entered_as, AIMS.values()):
            self.fields[aim.key] = forms.IntegerField(
                label=str(aim.entered_as),
                min_value=1,
                max_value=LARGEST_VALUE,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    @property
    def entered(self) -> dict[str, int]:
        return {measure: value for measure, value in self.cleaned_data.items() if value is not None}


class FreezeForm(forms.Form):
    """What an officer says of a version, and which one it is to be: the first needs no reason."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("Figures counted up to"),
        help_text=_(
            "A day of the year, today at the latest. For a day that is past, titles signed after it stay out; for "
            "31 December all titles of the year count, whenever they were signed."
        ),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    paper_number = forms.CharField(
        label=_("Number and symbol"),
        help_text=_(
            "As in the register of outgoing papers, such as 12/BC-HKH. Left empty, the paper keeps room for it."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    remarks = LinesField(
        label=_("Difficulties and proposals"),
        help_text=_("They stand in part II of the report. Name no private people."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reason = forms.CharField(
        label=_("Why a new version is needed"),
        help_text=_("It stands in the new version, beside what changed."),
        max_length=300,
    )

    def __init__(self, *args: Any, last_day: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs |= {"max": last_day.isoformat(), "min": f"{last_day.year}-01-01"}
        if str(self["number"].value()) == "1":
            del self.fields["reason"]


class SendingForm(forms.Form):
    recipient = forms.CharField(
        label=_("To whom"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    way = forms.ChoiceField(label=_("How"), choices=ReportSending.Way.choices, initial=ReportSending.Way.DOCUMENTS)
    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Only for an e-mail from this site: the papers and the figures go out at once."),
        required=False,
    )
    sent_on = forms.DateField(label=_("Sent on"), widget=forms.DateInput(attrs={"type": "date"}))
