"""How signals are read, and more time for some."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from learning.tracking.models import Enrolment
from membership.policy import AnyUser

Row = TypeVar("Row", bound=models.Model, covariant=True)


class SignalQuerySet(models.QuerySet[Row]):
    def open(self) -> Self:
        """What nobody has looked at yet."""
        return self.filter(cleared_at=None)

    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(attempt__enrolment__in=Enrolment.objects.taught_by(user))

    def for_list(self) -> Self:
        """Open ones first, the latest first."""
        rows = self.select_related("attempt__enrolment__person", "cleared_by__person")
        return rows.order_by(models.F("cleared_at").asc(nulls_first=True), "-noticed_at", "-pk")


class ExtraTimeQuerySet(models.QuerySet[Row]):
    def percent_for(self, person_id: int) -> int:
        """0 for who has no more time than others."""
        return self.filter(person_id=person_id).values_list("percent", flat=True).first() or 0
