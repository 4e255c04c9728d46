"""What is asked for, how it is answered, and the days that there are for it."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interface.fields import LinesField
from membership.models import Person, User
from privacy.models import KINDS, Holiday, Request, Term

_DAY = "%d/%m/%Y"
NOBODY = _("Nobody of your units has this code.")


class RequestForm(forms.Form):
    kind = forms.ChoiceField(label=_("What do you ask for?"), choices=KINDS, widget=forms.RadioSelect)
    words = LinesField(
        label=_("In your own words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Such as what is wrong and how it should read. You may leave it empty."),
    )


class AssistedRequestForm(RequestForm):
    """By an officer who was asked on paper, at a desk or over the telephone."""

    code = forms.CharField(label=_("The person's code"), max_length=12)
    field_order = ("code", "kind", "words")

    def clean_code(self) -> Person:
        """Also of who is on no list because their data is restricted: they may ask for more. Whether the officer may
        file for them is the action's to say."""
        person = Person.objects.on_record().filter(code=self.cleaned_data["code"].strip().upper()).first()
        if person is None:
            raise ValidationError(NOBODY)
        return person


class AnswerForm(forms.Form):
    """``move`` is one of those that the request allows."""

    move = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    answer = LinesField(
        label=_("What was done, or why not: the person reads it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, request: Request, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"grant": _("Grant it"), "refuse": _("Refuse it"), "lift": _("Lift it again")}
        if request.is_entered_by(by):
            del labels["grant"]
        offered = [(move, labels[move]) for move in request.moves if move in labels]
        self.fields["move"].choices = offered  # type: ignore[attr-defined]


class TermsForm(forms.Form):
    """Two fields for each term, and the holidays a line each."""

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
            self.fields[f"days_{term.pk}"] = forms.IntegerField(
                label=gettext("Days for: %(term)s") % label, min_value=1, max_value=365, initial=term.days
            )
            self.fields[f"working_{term.pk}"] = forms.BooleanField(
                label=gettext("Only working days count"), required=False, initial=term.counts_working_days
            )
        self.order_fields([name for name in self.fields if name != "holidays"])

    def clean_holidays(self) -> dict[datetime.date, str]:
        return dict(_holiday(line) for line in self.cleaned_data["holidays"].splitlines() if line.strip())

    def days(self) -> dict[Term, tuple[int, bool]]:
        told = self.cleaned_data
        return {term: (told[f"days_{term.pk}"], told[f"working_{term.pk}"]) for term in self.terms}


def _holiday(line: str) -> tuple[datetime.date, str]:
    day, _space, name = line.strip().partition(" ")
    try:
        return datetime.datetime.strptime(day, _DAY).date(), name.strip()[:80]  # noqa: DTZ007 (a day, not a moment)
    except ValueError as wrong:
        told = gettext("“%(line)s” begins with no day such as 02/09/2027.") % {"line": line.strip()}
        raise ValidationError(told) from wrong
