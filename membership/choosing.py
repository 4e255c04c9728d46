"""Units to choose from in a form. Hundreds bear the same name, “Chi hội khối phố 1”, so each stands beneath its commune
and says what is above it.
"""

from typing import Any

from django import forms

from membership.models import Unit
from membership.querysets import UnitQuerySet

# The province stands above all: only what is beneath it tells one from another.
_COMMUNE_DEPTH = 2
Choice = tuple[int, str]


class UnitChoiceField(forms.ModelChoiceField):
    """The form gives it what may be chosen, by ``offer``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), **options)

    def offer(self, units: UnitQuerySet) -> None:
        """In the order of the tree; what is highest is chosen at first where something must be."""
        self.queryset = units.order_by("path")
        listed = list(self.queryset)
        empty = [] if self.required else [("", self.empty_label)]
        self.choices = [*empty, *_grouped(listed)]
        if self.required and listed:
            self.initial = min(listed, key=lambda unit: unit.depth).pk


def _grouped(units: list[Unit]) -> list[tuple[str, list[Choice]] | Choice]:
    names = _names_of(units)
    found: dict[str, list[Choice]] = {}
    for unit in units:
        path = [names[part] for part in _paths_down_to(unit)]
        found.setdefault(path[0], []).append((unit.pk, ", ".join(reversed(path[1:] or path))))
    return list(found.items()) if len(found) > 1 else [choice for group in found.values() for choice in group]


def _paths_down_to(unit: Unit) -> list[str]:
    """Of itself and of all above it up to the commune, the commune first."""
    lengths = range(min(_COMMUNE_DEPTH, unit.depth), unit.depth + 1)
    return [unit.path[: length * Unit.steplen] for length in lengths]


def _names_of(units: list[Unit]) -> dict[str, str]:
    paths = {path for unit in units for path in _paths_down_to(unit)}
    above = paths - {unit.path for unit in units}
    told = dict(Unit.objects.filter(path__in=above).values_list("path", "name")) if above else {}
    return told | {unit.path: unit.name for unit in units}
