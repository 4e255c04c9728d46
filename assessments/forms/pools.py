"""Where a question stands: in the bank that all courses share, or in a pool of one course."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.models.bank import Pool


class PoolField(forms.ModelChoiceField):
    """Pools by course. Empty: the bank."""

    def __init__(self, **options: Any) -> None:
        settled: dict[str, Any] = {
            "queryset": Pool.objects.for_choosing(),
            "label": pgettext_lazy("question", "Where it stands"),
            "empty_label": gettext_lazy("In the bank that all courses share"),
            "required": False,
        }
        super().__init__(**settled | options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name_with_course)


class PoolForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the new pool"),
        max_length=80,
        help_text=gettext_lazy("For example: for practice; for the examination."),
    )
