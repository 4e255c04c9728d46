"""Forms of the back office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from membership.models import Unit, UnitKind, User
from membership.policy import Action, reach


class NewVersionForm(forms.Form):
    version = forms.CharField(label=_("Version"), max_length=20)
    valid_from = forms.DateField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        required=False,
        label=_("For a locality"),
        help_text=_("Empty: for the same unit as the version you start from."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Unit.objects.filter(
            reach(user, Action.MANAGE_CRITERIA), kind__in=[UnitKind.PROVINCE, UnitKind.COMMUNE]
        )
        self.fields["unit"].queryset = places.filter(valid_to=None)  # type: ignore[attr-defined]
