"""What Wagtail's admin learns from this app."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from assessments.actions import leave_pools
from assessments.administration import urls
from assessments.administration.bank import QuestionViewSet
from assessments.administration.choosing import QuestionChooserViewSet, question_chooser
from assessments.administration.permissions import BankPolicy
from assessments.bank.overlaps import overlaps
from assessments.models import Question, QuizPage
from membership.models import User
from membership.policy import Action, may
from training_materials.models import CoursePage

register_permission_policy(Question, BankPolicy(Question))


@hooks.register("register_admin_viewset")
def question_bank() -> QuestionViewSet:
    return QuestionViewSet()


@hooks.register("register_admin_urls")
def question_exchange() -> list[URLPattern | URLResolver]:
    return [
        path("cau-hoi/", include(urls.course_pools)),
        path("cau-hoi/", include((urls.question_exchange, "question_exchange"))),
        path("cham-bai/", include((urls.written_marking, "written_marking"))),
        path("ket-qua/", include((urls.quiz_results, "quiz_results"))),
    ]


@hooks.register("register_admin_viewset")
def choose_question() -> QuestionChooserViewSet:
    return question_chooser


@hooks.register("register_page_header_buttons")
def questions_of_course(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if page.specific_class is CoursePage and may(user, Action.MANAGE_QUESTIONS):
        address = reverse("course_pools", args=[page.pk])
        yield Button(_("Questions of this course"), url=address, icon_name="help", priority=12)


@hooks.register("after_publish_page")
def tell_overlaps(request: HttpRequest, page: Page) -> None:
    """Publishing leads away from the form that says which questions are shared, and where."""
    if isinstance(page, QuizPage) and (found := overlaps(page)):
        said = gettext("Published. It shares questions with %(quizzes)s: see “Shared with other quizzes” in its form.")
        messages.warning(request, said % {"quizzes": ", ".join(f"“{one.title}”" for one in found)})


@hooks.register("after_copy_page")
def tell_left_pools_of_copy(request: HttpRequest, page: Page, new_page: Page) -> None:
    _leave_pools(request, [new_page])


@hooks.register("after_move_page")
def tell_left_pools_of_moved(request: HttpRequest, page: Page) -> None:
    _leave_pools(request, [page])


@hooks.register("after_bulk_action")
def tell_left_pools_of_many(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    if action_type == "move":
        _leave_pools(request, [each for each in objects if isinstance(each, Page)])


def _leave_pools(request: HttpRequest, pages: Iterable[Page]) -> None:
    """A course keeps its pools to itself: a copy in another course does not ask from them."""
    at = timezone.now()
    moved = [Page.objects.get(pk=page.pk) for page in pages]
    changed = [quiz for page in moved for quiz in leave_pools(page=page, by=cast("User", request.user), at=at)]
    if changed:
        said = gettext("What another course keeps to itself was not taken along. Look at what these ask: %(quizzes)s.")
        messages.warning(request, said % {"quizzes": ", ".join(f"“{quiz.title}”" for quiz in changed)})


class MarkingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Action.MANAGE_QUESTIONS)


@hooks.register("register_admin_menu_item")
def written_marking() -> MenuItem:
    address = reverse_lazy("written_marking:waiting")
    return MarkingMenuItem(_("Written answers"), address, name="written-answers", icon_name="edit", order=251)


class ResultsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Action.VIEW_LEARNING)


@hooks.register("register_admin_menu_item")
def quiz_results() -> MenuItem:
    address = reverse_lazy("quiz_results:quizzes")
    return ResultsMenuItem(_("Quiz results"), address, name="quiz-results", icon_name="list-ul", order=252)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("assessments.save_question", _("Save question"), _("Question saved"))
    actions.register_action("assessments.save_draft", _("Save draft of question"), _("Draft of question saved"))
    actions.register_action("assessments.discard_draft", _("Discard draft of question"), _("Draft discarded"))
    actions.register_action("assessments.point_to_lesson", _("Name lesson of question"), _("Lesson of question named"))
    actions.register_action("assessments.tag_question", _("Tag question"), _("Question tagged"))
    actions.register_action("assessments.retire_question", _("Retire question"), _("Question retired"))
    actions.register_action("assessments.restore_question", _("Use question again"), _("Question in use again"))
    actions.register_action("assessments.save_pool", _("Save question pool"), _("Question pool saved"))
    actions.register_action("assessments.delete_pool", _("Delete question pool"), _("Question pool deleted"))
    actions.register_action(
        "assessments.leave_pools", _("Leave pools of another course"), _("Pools of another course left")
    )
    actions.register_action("assessments.delete_question", _("Delete question"), _("Question deleted"))
    actions.register_action("assessments.keep_figure", _("Keep picture or sound"), _("Picture or sound kept"))
    actions.register_action(
        "assessments.sweep_figure", _("Sweep picture or sound"), _("Unused picture or sound deleted")
    )
    actions.register_action("assessments.mark_written", _("Mark written answer"), _("Written answer marked"))
    # Of earlier years: the bank follows from roles now.
    actions.register_action("assessments.set_up_bank", _("Open question bank"), _("Question bank opened to trainers"))
    actions.register_action("assessments.correct_key", _("Correct a key"), _("Key of a question corrected"))
    actions.register_action("assessments.clear_signal", _("Clear a signal"), _("Signal about an attempt cleared"))
    actions.register_action("assessments.grant_time", _("Give extra time"), _("Extra time changed"))
