"""How people, units and roles are read."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

if TYPE_CHECKING:
    from membership.models import Unit, User


def standing_on(day: datetime.date, prefix: str = "") -> Q:
    """True of rows with ``valid_from``/``valid_to`` that hold on the day."""
    open_ended = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & open_ended


class PersonQuerySet(models.QuerySet["Person"]):
    pass


class UnitQuerySet(MP_NodeQuerySet):
    def on(self, day: datetime.date) -> UnitQuerySet:
        """The units that exist on the day."""
        return self.filter(standing_on(day))

    def below(self, unit: Unit) -> UnitQuerySet:
        """The unit and all beneath it."""
        return self.filter(path__startswith=unit.path)


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: datetime.date) -> MembershipQuerySet:
        return self.filter(standing_on(day))

    def of(self, user: User) -> MembershipQuerySet:
        return self.filter(person_id=user.person_id) if user.person_id else self.none()
