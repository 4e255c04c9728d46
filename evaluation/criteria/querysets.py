"""How criteria are read."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce, Length

from membership.querysets import standing_on

if TYPE_CHECKING:
    from evaluation.criteria.models import CriteriaSet, SuggestedScores  # noqa: F401 (named in quotes)
    from membership.models import Unit


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def in_force(self, day: datetime.date) -> CriteriaSetQuerySet:
        """What held on the day, superseded since or not."""
        return self.exclude(status="draft").filter(standing_on(day))

    def for_person(self, group: str, unit: Unit, day: datetime.date) -> CriteriaSet | None:
        """The nearest set that held on the day for the group: the unit's own, an ancestor's, else the national."""
        paths = [unit.path[:end] for end in range(unit.steplen, len(unit.path) + 1, unit.steplen)]
        return (
            self.in_force(day)
            .filter(Q(unit=None) | Q(unit__path__in=paths), group=group)
            .order_by(Coalesce(Length("unit__path"), 0).desc(), "-valid_from", "-pk")
            .first()
        )

    def for_listing(self) -> CriteriaSetQuerySet:
        return (
            self.select_related("unit", "parent")
            .annotate(indicator_count=Count("indicators"), maximum=Sum("indicators__maximum"))
            .order_by("group", F("unit__path").asc(nulls_first=True), "-valid_from", "-pk")
        )


class SuggestedScoresQuerySet(models.QuerySet["SuggestedScores"]):
    def of_year(self, year: int) -> SuggestedScoresQuerySet:
        return self.filter(year=year)
