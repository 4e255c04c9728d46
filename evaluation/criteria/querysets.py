"""How criteria are read."""

from __future__ import annotations

import datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce, Length

from membership.models import Unit
from membership.policy import Action, AnyUser, may, reach
from membership.querysets import standing_on

Row = TypeVar("Row", bound=models.Model, covariant=True)


class CriteriaSetQuerySet(models.QuerySet[Row]):
    def in_force(self, day: datetime.date) -> Self:
        """What held on the day, superseded since or not."""
        return self.exclude(status="draft").filter(standing_on(day))

    def nationwide(self, group: str, day: datetime.date) -> Row | None:
        """The national set that held on the day for the group."""
        return self.in_force(day).filter(group=group, unit=None).order_by("-valid_from", "-pk").first()

    def for_person(self, group: str, unit: Unit, day: datetime.date) -> Row | None:
        """The nearest set that held on the day for the group: the unit's own, an ancestor's, else the national."""
        return (
            self.in_force(day)
            .filter(Q(unit=None) | Q(unit__path__in=unit.paths_up), group=group)
            .order_by(Coalesce(Length("unit__path"), 0).desc(), "-valid_from", "-pk")
            .first()
        )

    def superseded_by(self, draft: Any, day: datetime.date) -> Row | None:
        """What the draft would take the place of: what holds for its group, at its unit or the nearest above."""
        if draft.unit is None:
            return self.nationwide(draft.group, day)
        return self.for_person(draft.group, draft.unit, day)

    def within_reach(self, user: AnyUser) -> Self:
        """National sets for whoever manages criteria anywhere, local ones where they do."""
        if not may(user, Action.MANAGE_CRITERIA):
            return self.none()
        return self.filter(Q(unit=None) | reach(user, Action.MANAGE_CRITERIA, "unit__"))

    def for_comparison(self) -> Self:
        """With all that two sets are compared by; also what a set's own page shows."""
        return self.select_related("unit", "parent").prefetch_related(
            "indicators__competency", "indicators__rules", "indicators__kind_caps", "indicators__anchors"
        )

    def for_listing(self) -> Self:
        return (
            self.select_related("unit", "parent")
            .annotate(indicator_count=Count("indicators"), maximum=Sum("indicators__maximum"))
            .order_by("group", F("unit__path").asc(nulls_first=True), "-valid_from", "-pk")
        )


class SuggestedScoresQuerySet(models.QuerySet[Row]):
    def of_year(self, year: int) -> Self:
        return self.filter(year=year)


class ScoringRunQuerySet(models.QuerySet[Row]):
    def finished_at(self, year: int) -> datetime.datetime | None:
        """When everyone's scores of the year were last complete; None before, and while they are counted."""
        parts = list(self.filter(year=year).values_list("finished_at", flat=True))
        moments = [moment for moment in parts if moment]
        return max(moments) if moments and len(moments) == len(parts) else None


class PreviewLineQuerySet(models.QuerySet[Row]):
    def for_preview(self) -> Self:
        """With names, who loses most first."""
        return self.select_related("person", "unit").order_by("difference_tenths", "pk")
