"""What Wagtail's admin learns from this app."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from assessments.viewsets import QuestionViewSet


@hooks.register("register_admin_viewset")
def question_bank() -> QuestionViewSet:
    return QuestionViewSet()


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("assessments.save_question", _("Save question"), _("Question saved"))
    actions.register_action("assessments.retire_question", _("Retire question"), _("Question retired"))
    actions.register_action("assessments.restore_question", _("Use question again"), _("Question in use again"))
    actions.register_action("assessments.delete_question", _("Delete question"), _("Question deleted"))
    actions.register_action("assessments.set_up_bank", _("Open question bank"), _("Question bank opened to trainers"))
