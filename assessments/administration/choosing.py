"""How trainers choose exact questions for a quiz."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from assessments.administration.bank import prompt_of, where_it_stands
from assessments.forms.pools import PoolField
from assessments.models import Question
from membership.admission import AdmittedMixin
from membership.policy import Action
from training_materials.models import Topic


class QuestionFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Search term"), required=False)
    pool = PoolField(empty_label=_("Everywhere"))
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("All topics")
    )

    def filter(self, objects: Any) -> Any:
        chosen = self.cleaned_data
        self.search_query, self.is_searching = chosen["q"], any(chosen.values())
        found = objects.matching(chosen["q"]) if chosen["q"] else objects
        named = {name: chosen[name] for name in ("pool", "topic") if chosen[name]}
        return found.filter(**named)


class ChoosesMixin(AdmittedMixin):
    """What is asked is seen by those who manage questions alone."""

    needs = Action.MANAGE_QUESTIONS
    filter_form_class = QuestionFilterForm

    @property
    def title_column(self) -> Column:
        column = super().title_column  # type: ignore[misc]
        column.label, column.accessor = _("Question"), prompt_of
        return column

    @property
    def columns(self) -> list[Column]:
        place = Column("pool", label=pgettext_lazy("question", "Where it stands"), accessor=where_it_stands)
        return [*super().columns, place, Column("topic", label=_("Topic"), accessor="topic.name")]  # type: ignore[misc]


class ChosenMixin(AdmittedMixin):
    needs = Action.MANAGE_QUESTIONS

    def get_display_title(self, instance: Question) -> str:
        return prompt_of(instance)


class QuestionChooseView(ChoosesMixin, ChooseView):
    pass


class QuestionChooseResultsView(ChoosesMixin, ChooseResultsView):
    pass


class QuestionChosenView(ChosenMixin, ChosenView):
    pass


class QuestionsChosenView(ChosenMixin, ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet[Question]:
        return Question.objects.filter(pk__in=pks).select_related("current")


class QuestionWidget(BaseChooser):
    def get_display_title(self, instance: Question) -> str:
        return prompt_of(instance)


class QuestionChooserViewSet(ChooserViewSet):
    model = Question
    base_widget_class = QuestionWidget
    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView
    chosen_view_class = QuestionChosenView
    chosen_multiple_view_class = QuestionsChosenView
    icon = "help"
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    edit_item_text = _("Edit this question")
    per_page = 20

    def get_object_list(self) -> QuerySet[Question]:
        """Those in use."""
        return (
            Question.objects.in_use().select_related("current", "topic", "pool__course").order_by("topic__name", "slug")
        )


question_chooser = QuestionChooserViewSet("question_chooser", url_prefix="cau-hoi/chon")
