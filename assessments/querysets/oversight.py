"""How signals are read, and more time for some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from learning.tracking.models import Enrolment
from membership.policy import AnyUser

if TYPE_CHECKING:
    from assessments.models import ExtraTime, Signal  # noqa: F401


class SignalQuerySet(models.QuerySet["Signal"]):
    def open(self) -> SignalQuerySet:
        """What nobody has looked at yet."""
        return self.filter(cleared_at=None)

    def visible_to(self, user: AnyUser) -> SignalQuerySet:
        return self.filter(attempt__enrolment__in=Enrolment.objects.taught_by(user))

    def for_list(self) -> SignalQuerySet:
        """Open ones first, the latest first."""
        rows = self.select_related("attempt__enrolment__person", "cleared_by__person")
        return rows.order_by(models.F("cleared_at").asc(nulls_first=True), "-noticed_at", "-pk")


class ExtraTimeQuerySet(models.QuerySet["ExtraTime"]):
    def percent_for(self, person_id: int) -> int:
        """0 for who has no more time than others."""
        return self.filter(person_id=person_id).values_list("percent", flat=True).first() or 0
