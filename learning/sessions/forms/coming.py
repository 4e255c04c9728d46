"""Who is asked to come, and who comes."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from membership.choosing import GroupChoiceField
from membership.models import User


class InviteForm(forms.Form):
    group = GroupChoiceField(label=gettext_lazy("Whom of the unit, with all beneath it?"))

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        cast(GroupChoiceField, self.fields["group"]).offer(user)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("The eight digits on the screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text=gettext_lazy("They change every minute."),
    )
