"""Wagtail's permission policy over membership.policy: roles and units decide, Django's permissions do not."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.permission_policies.base import BasePermissionPolicy

from membership.models import Membership, Person, Unit, User
from membership.policy import Action, may, reach, reach_beneath
from membership.querysets import MembershipQuerySet, PersonQuerySet, UnitQuerySet


class PeoplePolicy(BasePermissionPolicy):
    """Officers see and manage the people of their units; nobody deletes."""

    actions = {"view": Action.VIEW_PEOPLE, "add": Action.MANAGE_PEOPLE, "change": Action.MANAGE_PEOPLE}

    def reached(self, user: User, action: Action) -> QuerySet[Any]:
        return people_in_reach(user, action)

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in self.actions and may(user, self.actions[action])

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        return action in self.actions and self.reached(user, self.actions[action]).filter(pk=instance.pk).exists()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.filter(is_superuser=True)


class RolesPolicy(PeoplePolicy):
    """So with the roles in their units."""

    def reached(self, user: User, action: Action) -> QuerySet[Any]:
        return memberships_in_reach(user, action)


class UnitPolicy(PeoplePolicy):
    """Officers see and manage the units beneath their own; one that was added by mistake may be deleted."""

    actions = dict.fromkeys(("view", "add", "change", "delete"), Action.MANAGE_UNITS)

    def reached(self, user: User, action: Action) -> QuerySet[Any]:
        return units_in_reach(user)


def people_in_reach(user: User, action: Action) -> PersonQuerySet:
    return Person.objects.listed().within(reach(user, action, "unit__"), timezone.localdate())


def memberships_in_reach(user: User, action: Action) -> MembershipQuerySet:
    return Membership.objects.filter(reach(user, action, "unit__"), person__restricted_at=None)


def units_in_reach(user: User) -> UnitQuerySet:
    return Unit.objects.filter(reach_beneath(user, Action.MANAGE_UNITS))
