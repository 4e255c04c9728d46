"""What is asked for, and how it is answered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interface.fields import LinesField
from membership.models import Person, User
from privacy.models import KINDS, Request

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
