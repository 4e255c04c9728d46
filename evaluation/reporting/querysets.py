"""How targets and entered figures are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self, TypeVar, cast

from django.db import models
from django.db.models import Count, Min

from membership.models import Unit
from membership.policy import Action, AnyUser, reach

Row = TypeVar("Row", bound=models.Model, covariant=True)


class TargetQuerySet(models.QuerySet[Row]):
    def for_year(self, year: int) -> list[Row]:
        """Of each measure the target that the year works towards: the next to come due, else the last there was."""
        chosen: dict[str, Any] = {}
        for target in cast("Iterable[Any]", self.order_by("until")):
            standing = chosen.get(target.measure)
            if standing is None or standing.until < year:
                chosen[target.measure] = target
        return list(chosen.values())


class DenominatorQuerySet(models.QuerySet[Row]):
    def below(self, unit: Unit, year: int) -> list[tuple[str, str, int]]:
        """(measure, path of the unit, value) of the unit and all beneath it, from the top down."""
        rows = self.filter(unit__path__startswith=unit.path, year=year).order_by("unit__path")
        return list(rows.values_list("measure", "unit__path", "value"))

    def own_of(self, unit: Unit, year: int) -> dict[str, int]:
        """What the unit itself entered for the year, by measure."""
        return dict(self.filter(unit=unit, year=year).values_list("measure", "value"))


class UnitFiguresQuerySet(models.QuerySet[Row]):
    def below(self, unit: Unit, year: int) -> list[dict[str, Any]]:
        """The kept sums of the unit and all beneath it, each with its unit's path."""
        names = [field.name for field in self.model._meta.fields if field.name not in {"id", "unit", "year"}]
        rows = self.filter(unit__path__startswith=unit.path, year=year)
        return list(rows.values("unit__path", *names))


class ChangeQuerySet(models.QuerySet[Row]):
    def people(self) -> set[int]:
        """Whose changes no count has followed yet."""
        return set(self.values_list("person_id", flat=True).distinct())

    def first_people(self, most: int) -> list[int]:
        """Of so many changes at most, however many wait: one person may be there more than once."""
        return list(self.values_list("person_id", flat=True)[:most])


class FrozenReportQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(reach(user, Action.VIEW_FIGURES, "unit__"))

    def of(self, unit: Unit, year: int) -> Self:
        """A unit's versions for the year, the newest first."""
        return self.filter(unit=unit, year=year).order_by("-number")

    def for_list(self, unit: Unit, year: int) -> Self:
        """Each with when it was first sent and how often; without its contents."""
        counted = self.of(unit, year).annotate(first_sent=Min("sendings__sent_on"), times_sent=Count("sendings"))
        return counted.select_related("frozen_by__person").defer("content")

    def for_page(self) -> Self:
        return self.select_related("unit", "frozen_by__person").prefetch_related("sendings__noted_by__person")

    def first_sent(self, units: Iterable[Unit], year: int) -> dict[int, datetime.date | None]:
        """By unit that has a version: when any of its versions was first sent, None where none was."""
        rows = self.filter(unit__in=list(units), year=year).order_by().values("unit")
        return dict(rows.annotate(first=Min("sendings__sent_on")).values_list("unit", "first"))
