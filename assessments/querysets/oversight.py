"""How signals are read, more time for some, and the markings of written answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, TypeVar, cast

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


class WrittenMarkQuerySet(models.QuerySet[Row]):
    def latest_of(self, responses: Iterable[Any]) -> dict[int, Row]:
        """By the response's id, of those that a trainer has marked; no query if there are none."""
        marked = [response.pk for response in responses if response.marks is not None]
        if not marked:
            return {}
        rows = self.filter(response_id__in=marked).select_related("marked_by__person").order_by("number")
        return {row.response_id: row for row in cast("Iterable[Any]", rows)}
