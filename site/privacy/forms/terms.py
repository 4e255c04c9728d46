"""The days and hours that there are, and the days on which no office is open."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy.models import Holiday, Term

_DAY = "%d/%m/%Y"


class TermsForm(forms.Form):
    """How many and, of days, whether only working days count, for each term; and the holidays a line each."""

    holidays = forms.CharField(
        label=_("Days on which no office is open"),
        widget=forms.Textarea(attrs={"rows": 16}),
        required=False,
        help_text=_("One a line, such as “02/09/2027 National Day”. Saturdays and Sundays need no line."),
    )

    def __init__(self, *args: Any, terms: list[Term], **kwargs: Any) -> None:
        lines = "\n".join(f"{holiday.day.strftime(_DAY)} {holiday.name}" for holiday in Holiday.objects.all())
        super().__init__(*args, **kwargs)
        self.fields["holidays"].initial = lines
        self.terms = terms
        for term in terms:
            label = {"term": term.get_clock_display()}
            told = gettext("Hours for: %(term)s") if term.is_in_hours else gettext("Days for: %(term)s")
            self.fields[f"number_{term.pk}"] = forms.IntegerField(
                label=told % label, min_value=1, max_value=365, initial=term.number
            )
            if term.is_in_hours:
                continue
            self.fields[f"working_{term.pk}"] = forms.BooleanField(
                label=gettext("Only working days count"), required=False, initial=term.counts_working_days
            )
        self.order_fields([name for name in self.fields if name != "holidays"])

    def clean_holidays(self) -> dict[datetime.date, str]:
        return dict(_holiday(line) for line in self.cleaned_data["holidays"].splitlines() if line.strip())

    def numbers(self) -> dict[Term, tuple[int, bool]]:
        told = self.cleaned_data
        return {term: (told[f"number_{term.pk}"], told.get(f"working_{term.pk}", False)) for term in self.terms}


def _holiday(line: str) -> tuple[datetime.date, str]:
    day, _space, name = line.strip().partition(" ")
    try:
        return datetime.datetime.strptime(day, _DAY).date(), name.strip()[:80]  # noqa: DTZ007 (a day, not a moment)
    except ValueError as wrong:
        told = gettext("“%(line)s” begins with no day such as 02/09/2027.") % {"line": line.strip()}
        raise ValidationError(told) from wrong
