"""Who may open the criteria in the back office: the site's one policy, in the form that Wagtail asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from evaluation.criteria.models import Competency, CriteriaSet, EvidenceRule, Indicator
from membership.models import Role, User
from membership.policy import ROLE_ACTIONS, Action, AnyUser, may


class CriteriaPermissionPolicy(BasePermissionPolicy):
    """Adding and viewing wherever criteria may be managed; changing and deleting drafts alone."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return may(user, Action.MANAGE_CRITERIA)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        roles = [role for role in Role if Action.MANAGE_CRITERIA in ROLE_ACTIONS[role]]
        return User.objects.filter(person__memberships__role__in=roles).distinct()

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Any) -> bool:
        criteria_set = criteria_set_of(instance)
        if criteria_set is None:
            return self.user_has_permission(user, action)
        if action in {"change", "delete"} and not criteria_set.is_draft:
            return False
        return may(user, Action.MANAGE_CRITERIA, criteria_set.unit)


def criteria_set_of(part: Model) -> CriteriaSet | None:
    """None for a part that is not placed yet."""
    if isinstance(part, CriteriaSet):
        return part
    if isinstance(part, EvidenceRule):
        return part.indicator.criteria_set if part.indicator_id else None
    if isinstance(part, Competency | Indicator):
        return part.criteria_set if part.criteria_set_id else None
    return None
