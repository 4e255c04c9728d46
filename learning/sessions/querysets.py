"""How sessions are read."""

from __future__ import annotations

import datetime
from typing import Self, TypeVar

from django.db import models

from membership.models import Unit
from membership.policy import Action, AnyUser, reach

Row = TypeVar("Row", bound=models.Model, covariant=True)


class SessionQuerySet(models.QuerySet[Row]):
    def to_come_for(self, unit: Unit, at: datetime.datetime) -> Self:
        """What the unit, or one above it, holds from that moment on; the next one first."""
        return self.filter(ends_at__gte=at, unit__path__in=unit.paths_up).order_by("starts_at", "pk")

    def organised_by(self, user: AnyUser) -> Self:
        """Sessions of units where the user may hold them, latest first."""
        return self.filter(reach(user, Action.ORGANISE, "unit__")).select_related("unit")

    def on_at(self, moment: datetime.datetime, early: datetime.timedelta, late: datetime.timedelta) -> Self:
        """Those whose doors are open, so long before they begin and after they end."""
        return self.filter(starts_at__lte=moment + early, ends_at__gte=moment - late)
