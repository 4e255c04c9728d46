"""What trainers fill in beside results."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from assessments.models import Attempt
from membership.models import Person

_OUTCOMES = [
    ("passed", _("Passed")),
    ("failed", _("Not passed yet")),
    ("waiting", _("Waiting for marking")),
    ("open", pgettext_lazy("attempt", "Not handed in")),
]


class AttemptFilterSet(WagtailFilterSet):
    person = django_filters.CharFilter(label=_("The learner's name or code"), method="filter_person")
    outcome = django_filters.ChoiceFilter(label=_("Result"), choices=_OUTCOMES, method="filter_outcome")
    signals = django_filters.ChoiceFilter(
        label=_("Signals"), choices=[("open", _("waiting for a look"))], method="filter_signals"
    )
    started_at = django_filters.DateFilter(
        label=_("From this day on"),
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = Attempt
        fields: list[str] = []

    def filter_person(self, attempts: QuerySet[Attempt], _name: str, text: str) -> QuerySet[Attempt]:
        return attempts.filter(enrolment__person__in=Person.objects.matching(text))

    def filter_outcome(self, attempts: QuerySet[Attempt], _name: str, outcome: str) -> QuerySet[Attempt]:
        finished = attempts.filter(finished_at__isnull=False)
        return {
            "passed": attempts.filter(is_passed=True),
            "failed": attempts.filter(is_passed=False),
            "waiting": finished.filter(points=None),
            "open": attempts.filter(finished_at=None),
        }[outcome]

    def filter_signals(self, attempts: QuerySet[Attempt], _name: str, _value: str) -> QuerySet[Attempt]:
        return attempts.filter(signals__isnull=False, signals__cleared_at=None).distinct()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the key changes"), max_length=300, help_text=_("Learners read it beside their new result.")
    )


class ExtraTimeForm(forms.Form):
    code = forms.CharField(label=_("The person's code"), max_length=20)
    percent = forms.IntegerField(
        label=_("Extra time (%)"),
        min_value=0,
        max_value=300,
        initial=50,
        help_text=_("50: half as much time again, at every quiz with a limit. 0: no extra time any more."),
    )
