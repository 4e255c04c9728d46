"""What officers enter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.reporting.actions import ENTERED_MEASURES, LARGEST_VALUE
from evaluation.reporting.models import Target

_LABELS = {
    Target.Measure.ADULTS_TITLED: _("Adults in learning families, clans and communities"),
    Target.Measure.STAFF_TITLED: _("Staff of learning units"),
}


class DenominatorForm(forms.Form):
    """A field for each figure that only the unit knows; an empty one changes nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for measure in ENTERED_MEASURES:
            self.fields[measure.value] = forms.IntegerField(
                label=_LABELS[measure],
                min_value=1,
                max_value=LARGEST_VALUE,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    @property
    def entered(self) -> dict[str, int]:
        return {measure: value for measure, value in self.cleaned_data.items() if value is not None}
