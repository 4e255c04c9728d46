"""The way to learners' questions from the back office, and the names of the audit log's entries."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from interface.office import name_entries
from learning.feedback.querysets import moderates_any
from membership.policy import Action, may


class FeedbackMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Action.PUBLISH_MATERIALS) or moderates_any(request.user)


@hooks.register("register_admin_menu_item")
def questions_of_learners() -> MenuItem:
    address = reverse_lazy("feedback:desk")
    return FeedbackMenuItem(_("Questions of learners"), address, name="learners-questions", icon_name="help", order=253)


name_entries(
    "feedback",
    {
        "ask": (_("Ask the teacher"), _("Asked the teacher")),
        "withdraw": (_("Take a question back"), _("Took the question back")),
        "agree": (_("Agree to showing"), _("Agreed to the question being shown")),
        "disagree": (_("Withdraw showing"), _("Withdrew the showing of the question")),
        "answer": (_("Answer a learner"), _("Answered the learner's question")),
        "correct": (_("Correct an answer"), _("Corrected the answer, or to whom it is shown")),
        "report": (_("Report a question"), _("Reported the question")),
        "keep": (_("Show again"), _("Looked at what was reported and showed it again")),
        "hide": (_("Hide a question"), _("Looked at what was reported and hid it")),
    },
)
