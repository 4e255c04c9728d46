"""How targets and entered figures are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from evaluation.reporting.models import Change, Denominator, Target, UnitFigures  # noqa: F401 (named in quotes)
    from membership.models import Unit


class TargetQuerySet(models.QuerySet["Target"]):
    def for_year(self, year: int) -> list[Target]:
        """Of each measure the target that the year works towards: the next to come due, else the last there was."""
        chosen: dict[str, Target] = {}
        for target in self.order_by("until"):
            standing = chosen.get(target.measure)
            if standing is None or standing.until < year:
                chosen[target.measure] = target
        return list(chosen.values())


class DenominatorQuerySet(models.QuerySet["Denominator"]):
    def below(self, unit: Unit, year: int) -> list[tuple[str, str, int]]:
        """(measure, path of the unit, value) of the unit and all beneath it, from the top down."""
        rows = self.filter(unit__path__startswith=unit.path, year=year).order_by("unit__path")
        return list(rows.values_list("measure", "unit__path", "value"))

    def own_of(self, unit: Unit, year: int) -> dict[str, int]:
        """What the unit itself entered for the year, by measure."""
        return dict(self.filter(unit=unit, year=year).values_list("measure", "value"))


class UnitFiguresQuerySet(models.QuerySet["UnitFigures"]):
    def below(self, unit: Unit, year: int) -> list[dict[str, Any]]:
        """The kept sums of the unit and all beneath it, each with its unit's path."""
        names = [field.name for field in self.model._meta.fields if field.name not in {"id", "unit", "year"}]
        rows = self.filter(unit__path__startswith=unit.path, year=year)
        return list(rows.values("unit__path", *names))


class ChangeQuerySet(models.QuerySet["Change"]):
    def people(self) -> set[int]:
        """Whose changes no count has followed yet."""
        return set(self.values_list("person_id", flat=True).distinct())
