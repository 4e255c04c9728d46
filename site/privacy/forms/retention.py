"""How long what ends by a time of the province is kept, and what is done with what is due."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy.retention import Due
from work.processing import clearings

_MOST = 50 * 365


class DaysForm(forms.Form):
    """The days of each."""

    def __init__(self, *args: Any, due: list[Due], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in due:
            least = one.clearing.least
            self.fields[one.clearing.name] = forms.IntegerField(
                label=gettext("Days of keeping: %(what)s") % {"what": one.clearing.title},
                help_text=gettext("At least %(days)d days.") % {"days": least},
                min_value=least,
                max_value=_MOST,
                initial=one.days,
            )


class ClearingForm(forms.Form):
    """A press beneath what is due; ``days`` are those of the page on which it was seen."""

    name = forms.ChoiceField(choices=lambda: [(name, each.title) for name, each in clearings.items()])
    days = forms.IntegerField(min_value=1, max_value=_MOST)
    act = forms.ChoiceField(
        choices=[("clear", _("Clear now")), ("confirm", _("Clear every night")), ("unconfirm", _("No longer at night"))]
    )
