"""Who may open what stands beneath the question bank in Wagtail's admin."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from wagtail.permission_policies.base import BasePermissionPolicy

from membership.admission import OfficePage
from membership.models import Role, User
from membership.policy import ROLE_ACTIONS, Action, AnyUser, may


class BankPolicy(BasePermissionPolicy):
    """Whoever manages questions reads their keys; to all others, who may be asked them, the bank is closed."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return may(user, Action.MANAGE_QUESTIONS)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        roles = [role for role in Role if Action.MANAGE_QUESTIONS in ROLE_ACTIONS[role]]
        return User.objects.filter(person__memberships__role__in=roles).distinct()


class BankPage(OfficePage):
    """Beneath the question bank."""

    needs = Action.MANAGE_QUESTIONS
    header_icon = "help"
    parents = [("question_bank:index", gettext_lazy("Question bank"))]
