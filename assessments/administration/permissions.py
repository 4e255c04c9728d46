"""Who may open the question bank in Wagtail's admin. What may be done there the actions ask membership.policy."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from membership.admission import OfficePage
from membership.policy import Action


def question_permissions() -> QuerySet[Permission]:
    """What a group needs to find, write, retire and delete questions."""
    return Permission.objects.filter(content_type__app_label="assessments", content_type__model="question")


class BankPage(OfficePage):
    """Beneath the question bank."""

    needs = Action.MANAGE_QUESTIONS
    header_icon = "help"
    parents = [("question_bank:index", gettext_lazy("Question bank"))]
