"""What many questions are given at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.forms.pools import PoolField
from assessments.models import Difficulty
from training_materials.models import Audience, Topic

_AS_IT_IS = ("", _("Leave as it is"))


class TagForm(forms.Form):
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("Leave as it is")
    )
    difficulty = forms.ChoiceField(label=_("Difficulty"), choices=[_AS_IT_IS, *Difficulty.choices], required=False)
    audience = forms.ChoiceField(label=_("Target group"), choices=[_AS_IT_IS, *Audience.choices], required=False)
    pool = PoolField(empty_label=_("Leave as it is"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(values.values()):
            raise ValidationError(_("Nothing was changed: choose a topic, a difficulty, a target group or a pool."))
        return values
