"""A unit's plan and its tasks, and the province's template."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.evidence.paper_field import PaperField
from membership.choosing import UnitChoiceField
from membership.querysets import UnitQuerySet
from movement.actions import Task
from movement.models import PlanTask, TemplateTask

_DESCRIBED = ["clause", "title", "leads", "helps"]


class PlanForm(forms.Form):
    unit = UnitChoiceField(label=_("Unit"))
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    begins_with = forms.ChoiceField(
        label=_("What it begins with"),
        choices=[
            ("template", _("The province's template")),
            ("last", _("The tasks of the year before")),
            ("empty", _("Nothing: the unit writes its own")),
        ],
        widget=forms.RadioSelect,
        initial="template",
    )

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
        this_year = timezone.localdate().year
        self.fields["year"].choices = [(year, str(year)) for year in (this_year, this_year + 1)]  # type: ignore[attr-defined]


class TaskForm(forms.ModelForm[PlanTask]):
    use_required_attribute = False

    class Meta:
        model = PlanTask
        fields = [*_DESCRIBED, "due_on"]
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def said(self) -> Task:
        return Task(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class TemplateTaskForm(forms.ModelForm[TemplateTask]):
    use_required_attribute = False

    class Meta:
        model = TemplateTask
        fields = ["level", *_DESCRIBED, "day", "month"]


class PaperForm(forms.Form):
    upload = PaperField(
        label=pgettext_lazy("task", "A paper that shows it"),
        help_text=_("A PDF, JPG or PNG of at most 10 MB."),
    )
