"""The question bank in Wagtail's admin. Every save goes through an action."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from assessments import actions
from assessments.administration import previews, questions
from assessments.administration.filters import QuestionFilterSet
from assessments.forms.tagging import TagForm
from assessments.models import Question
from interface.tables import Column, Empty, Outcome, RowAction, Table
from interface.tables.office import ModelTableView
from membership.admission import user_of
from membership.policy import Action, may


def _tag(chosen: Sequence[Question], values: dict[str, Any], request: HttpRequest) -> Outcome:
    return Outcome(actions.tag_questions(questions=chosen, **values, by=user_of(request), at=timezone.now()))


def _shown(question: Question) -> Any:
    return question.current or question.draft_version


def prompt_of(question: Question) -> str:
    shown = _shown(question)
    return Truncator(shown.prompt).chars(120) if shown else question.slug


def where_it_stands(question: Question) -> str:
    return question.pool.name_with_course if question.pool else str(_("Bank"))


def _kind(question: Question) -> str:
    shown = _shown(question)
    return str(shown.get_kind_display()) if shown else ""


def _state(question: Question) -> str:
    if question.retired_at:
        return str(_("Out of use"))
    if question.current_id is None:
        return str(_("Draft"))
    return str(_("In use, with a draft") if question.draft else _("In use"))


class QuestionTable(Table):
    filters_class = QuestionFilterSet
    filename = "ngan-hang-cau-hoi"
    per_page = 50
    page_name = "p"
    empty = Empty(_("No question fits the filters."))
    actions = [
        RowAction(name="tag", label=_("Tag these questions"), form_class=TagForm, run=_tag,
                  may_use=lambda user: may(user, Action.MANAGE_QUESTIONS)),
    ]  # fmt: skip
    columns = [
        Column(name="slug", label=_("Code"), is_shown=False),
        Column(name="prompt", label=_("Question"), read=prompt_of, is_heading=True, order=["folded_text"],
               template="assessments/admin/bank_question.html"),
        Column(name="topic", label=_("Topic"), read="topic.name", order=["topic__name"]),
        Column(name="pool", label=pgettext_lazy("question", "Where it stands"), read=where_it_stands),
        Column(name="kind", label=_("Kind"), read=_kind),
        Column(name="difficulty", label=_("Difficulty"), read="get_difficulty_display", order=["difficulty"]),
        Column(name="audience", label=_("Target group"), read="get_audience_display", order=["audience"]),
        Column(name="asked", label=_("Times asked"), read="asked_count", order=["asked_count"], is_number=True),
        Column(name="state", label=pgettext_lazy("question", "State"), read=_state),
    ]  # fmt: skip

    @property
    def counted(self) -> str:
        return ngettext("%(number)s question", "%(number)s questions", self.count) % {"number": self.count}

    def name_of(self, row: Question) -> str:
        return prompt_of(row)


class QuestionListView(ModelTableView):
    table_class = QuestionTable
    page_title = _("Question bank")

    @property
    def header_more_buttons(self) -> list[Button]:
        """Behind one button: beside each other they would leave a phone no place for the title."""
        if not self.user_has_permission("add"):
            return []
        import_, export = reverse("question_exchange:import"), reverse("question_exchange:export")
        return [
            Button(pgettext_lazy("questions", "Import"), url=import_, icon_name="upload", priority=1010),
            Button(pgettext_lazy("questions", "Export"), url=export, icon_name="download", priority=1020),
        ]

    def get_rows(self) -> Any:
        return Question.objects.for_bank()


class QuestionViewSet(ModelViewSet):
    model = Question
    name = "question_bank"
    url_prefix = "cau-hoi"
    icon = "help"
    menu_label = _("Question bank")
    menu_order = 250
    add_to_admin_menu = True
    form_fields: list[str] = []
    index_view_class = QuestionListView
    add_view_class = questions.QuestionCreateView
    copy_view_class = questions.QuestionCopyView
    edit_view_class = questions.QuestionEditView
    delete_view_class = questions.QuestionWithdrawView

    def get_urlpatterns(self) -> list[URLPattern]:
        """ "new/" asks for the kind first; each kind has its own form. The menu leads to the first: the list."""
        choose = self.construct_view(questions.ChooseKindView)
        preview = self.construct_view(previews.QuestionPreviewView)
        versions = self.construct_view(previews.QuestionVersionsView)
        live_preview = self.construct_view(previews.LivePreviewView)
        kept = [each for each in super().get_urlpatterns() if each.name not in ("add", "index_results")]
        return [
            *kept,
            path("new/", choose, name="add"),
            path("new/<slug:kind>/", self.add_view, name="add_kind"),
            path("preview/<int:pk>/", preview, name="preview"),
            path("live-preview/<slug:kind>/", live_preview, name="live_preview"),
            path("versions/<int:pk>/", versions, name="versions"),
        ]
