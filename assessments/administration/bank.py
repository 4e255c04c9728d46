"""The question bank in Wagtail's admin. Every save goes through an action."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from assessments.administration import previews, questions, tagging
from assessments.administration.filters import QuestionFilterSet
from assessments.models import Question
from interface.tables import Column as Cell
from interface.tables.office import OfficeListMixin


class QuestionPaginator(WagtailPaginator):
    """Counts questions; the model's plural is the name of the bank."""

    verbose_name_plural = pgettext_lazy("counted", "questions")


class QuestionIndexView(OfficeListMixin, generic.IndexView):
    paginator_class = QuestionPaginator
    filename = "ngan-hang-cau-hoi"
    exported = [
        Cell(name="slug", label=_("Code")),
        Cell(name="prompt", label=_("Question"), read=lambda row: _prompt(row)),
        Cell(name="topic", label=_("Topic"), read="topic.name"),
        Cell(name="kind", label=_("Kind"), read=lambda row: _kind(row)),
        Cell(name="difficulty", label=_("Difficulty"), read="get_difficulty_display"),
        Cell(name="audience", label=_("Target group"), read="get_audience_display"),
        Cell(name="asked", label=_("Times asked"), read="asked_count"),
        Cell(name="state", label=pgettext_lazy("question", "State"), read=lambda row: _state(row)),
    ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Behind one button: beside each other they would leave a phone no place for the title."""
        kept = list(super().header_more_buttons)
        if not self.user_has_permission("add"):
            return kept
        import_, export = reverse("question_exchange:import"), reverse("question_exchange:export")
        return [
            *kept,
            Button(_("Tag many"), url=self._tag_many_address(), icon_name="tag", priority=1005),
            Button(pgettext_lazy("questions", "Import"), url=import_, icon_name="upload", priority=1010),
            Button(pgettext_lazy("questions", "Export"), url=export, icon_name="download", priority=1020),
        ]

    def _tag_many_address(self) -> str:
        """With the filters of the list as they stand."""
        query = self.request.GET.urlencode()
        return f"{reverse('question_bank:tag_many')}?{query}" if query else reverse("question_bank:tag_many")

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
            Column("kind", label=_("Kind"), accessor=_kind),
            Column("difficulty", label=_("Difficulty"), accessor="get_difficulty_display", sort_key="difficulty"),
            Column("audience", label=_("Target group"), accessor="get_audience_display", sort_key="audience"),
            Column("asked", label=_("Times asked"), accessor="asked_count", sort_key="asked_count"),
            Column("state", label=pgettext_lazy("question", "State"), accessor=_state),
        ]

    def get_list_more_buttons(self, instance: Question) -> list[MenuItem]:
        buttons = [
            MenuItem(_("Edit"), self.get_edit_url(instance), icon_name="edit", priority=10),
            MenuItem(_("See as learners do"), _address("preview", instance), icon_name="view", priority=20),
            MenuItem(_("Versions and use"), _address("versions", instance), icon_name="history", priority=25),
            MenuItem(_("Make a copy"), self.get_copy_url(instance), icon_name="copy", priority=30),
            MenuItem(_("Retire or delete"), self.get_delete_url(instance), icon_name="bin", priority=40),
        ]
        return [button for button in buttons if button.url]


def _prompt(question: Question) -> str:
    shown = question.current or question.draft_version
    return Truncator(shown.prompt).chars(120) if shown else question.slug


def _kind(question: Question) -> str:
    shown = question.current or question.draft_version
    return str(shown.get_kind_display()) if shown else ""


def _state(question: Question) -> str:
    if question.retired_at:
        return str(_("Out of use"))
    if question.current_id is None:
        return str(_("Draft"))
    return str(_("In use, with a draft") if question.draft else _("In use"))


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
    add_view_class = questions.QuestionCreateView
    copy_view_class = questions.QuestionCopyView
    edit_view_class = questions.QuestionEditView
    delete_view_class = questions.QuestionWithdrawView

    def get_urlpatterns(self) -> list[URLPattern]:
        """ "new/" asks for the kind first; each kind has its own form."""
        choose = self.construct_view(questions.ChooseKindView)
        preview = self.construct_view(previews.QuestionPreviewView)
        versions = self.construct_view(previews.QuestionVersionsView)
        live_preview = self.construct_view(previews.LivePreviewView)
        tag_many = self.construct_view(tagging.TagManyView)
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]
        return [
            path("new/", choose, name="add"),
            path("new/<slug:kind>/", self.add_view, name="add_kind"),
            path("preview/<int:pk>/", preview, name="preview"),
            path("live-preview/<slug:kind>/", live_preview, name="live_preview"),
            path("versions/<int:pk>/", versions, name="versions"),
            path("tag/", tag_many, name="tag_many"),
            *kept,
        ]
