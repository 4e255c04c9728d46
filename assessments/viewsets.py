"""The question bank in Wagtail's admin. Every save goes through an action."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from assessments import bank_views
from assessments.models import Difficulty, Kind, Question


class QuestionFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(field_name="current__kind", label=_("Kind"), choices=Kind.choices)
    difficulty = django_filters.ChoiceFilter(label=_("Difficulty"), choices=Difficulty.choices)
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("question", "State"),
        choices=[("in_use", _("In use")), ("retired", _("Out of use"))],
        method="filter_state",
    )

    class Meta:
        model = Question
        fields = ["topic"]

    def filter_state(self, questions: QuerySet[Question], _name: str, state: str) -> QuerySet[Question]:
        return questions.filter(retired_at__isnull=state == "in_use")


class QuestionIndexView(generic.IndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        kept = list(super().header_buttons)
        if not self.user_has_permission("add"):
            return kept
        import_, export = reverse("question_exchange:import"), reverse("question_exchange:export")
        return [
            *kept,
            HeaderButton(pgettext_lazy("questions", "Import"), url=import_, icon_name="upload", priority=1010),
            HeaderButton(pgettext_lazy("questions", "Export"), url=export, icon_name="download", priority=1020),
        ]

    def get_base_queryset(self) -> QuerySet[Question]:
        return Question.objects.for_bank()

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.search(self.search_query) if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("prompt", label=_("Question"), accessor=_prompt, get_url=self.get_edit_url),
            Column("topic", label=_("Topic"), accessor="topic.name"),
            Column("kind", label=_("Kind"), accessor="current.get_kind_display"),
            Column("difficulty", label=_("Difficulty"), accessor="get_difficulty_display", sort_key="difficulty"),
            Column("asked", label=_("Times asked"), accessor="asked_count", sort_key="asked_count"),
            Column("state", label=pgettext_lazy("question", "State"), accessor=_state),
        ]

    def get_list_more_buttons(self, instance: Question) -> list[MenuItem]:
        buttons = [
            MenuItem(_("Edit"), self.get_edit_url(instance), icon_name="edit", priority=10),
            MenuItem(_("See as learners do"), _address("preview", instance), icon_name="view", priority=20),
            MenuItem(_("Make a copy"), self.get_copy_url(instance), icon_name="copy", priority=30),
            MenuItem(_("Retire or delete"), self.get_delete_url(instance), icon_name="bin", priority=40),
        ]
        return [button for button in buttons if button.url]


def _prompt(question: Question) -> str:
    return Truncator(question.current.prompt).chars(120) if question.current else question.slug


def _state(question: Question) -> str:
    return str(_("Out of use") if question.retired_at else _("In use"))


def _address(name: str, question: Question) -> str:
    return reverse(f"question_bank:{name}", args=[question.pk])


class QuestionViewSet(ModelViewSet):
    model = Question
    name = "question_bank"
    url_prefix = "cau-hoi"
    icon = "help"
    menu_label = _("Question bank")
    menu_order = 250
    add_to_admin_menu = True
    form_fields: list[str] = []
    search_fields = ["folded_text"]
    search_backend_name = None
    filterset_class = QuestionFilterSet
    list_per_page = 30
    index_view_class = QuestionIndexView
    add_view_class = bank_views.QuestionCreateView
    copy_view_class = bank_views.QuestionCopyView
    edit_view_class = bank_views.QuestionEditView
    delete_view_class = bank_views.QuestionWithdrawView

    def get_urlpatterns(self) -> list[URLPattern]:
        """ "new/" asks for the kind first; each kind has its own form."""
        choose = self.construct_view(bank_views.ChooseKindView)
        preview = self.construct_view(bank_views.QuestionPreviewView)
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]
        return [
            path("new/", choose, name="add"),
            path("new/<slug:kind>/", self.add_view, name="add_kind"),
            path("preview/<int:pk>/", preview, name="preview"),
            *kept,
        ]
