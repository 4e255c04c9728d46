"""Who may open what stands beneath the question bank in Wagtail's admin."""

from django.utils.translation import gettext_lazy

from membership.admission import ActionPolicy, OfficePage
from membership.policy import Action


class BankPolicy(ActionPolicy):
    """Whoever manages questions reads their keys; to all others, who may be asked them, the bank is closed."""

    needs = Action.MANAGE_QUESTIONS


class BankPage(OfficePage):
    """Beneath the question bank."""

    needs = Action.MANAGE_QUESTIONS
    header_icon = "help"
    parents = [("question_bank:index", gettext_lazy("Question bank"))]
