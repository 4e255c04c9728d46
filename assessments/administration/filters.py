"""By what the list of questions can be narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from assessments import kinds
from assessments.forms.pools import PoolField
from assessments.models import Difficulty, Question
from interface.tables import SearchFilter


class PoolFilter(django_filters.ModelChoiceFilter):
    field_class = PoolField


class QuestionFilterSet(WagtailFilterSet):
    q = SearchFilter(_("Search term"))
    kind = django_filters.ChoiceFilter(field_name="current__kind", label=_("Kind"), choices=kinds.choices)
    difficulty = django_filters.ChoiceFilter(label=_("Difficulty"), choices=Difficulty.choices)
    pool = PoolFilter(label=pgettext_lazy("question", "Where it stands"), empty_label=_("Everywhere"))
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("question", "State"),
        choices=[("in_use", _("In use")), ("draft", _("With a draft")), ("retired", _("Out of use"))],
        method="filter_state",
    )

    class Meta:
        model = Question
        fields = ["topic", "pool", "audience"]

    def filter_state(self, questions: QuerySet[Question], _name: str, state: str) -> QuerySet[Question]:
        if state == "draft":
            return questions.filter(draft__isnull=False)
        found = questions.filter(retired_at__isnull=state == "in_use")
        return found.filter(current__isnull=False) if state == "in_use" else found
