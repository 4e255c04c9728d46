"""Dossiers against closing a unit, and against taking it to another commune."""

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from evaluation.dossiers.models import Dossier
from membership.models import Unit
from membership.registries.occupancy import named


def under_way(units: Sequence[Unit], day: datetime.date) -> Iterable[str]:
    """Of people there, or waiting at a body there."""
    there = Q(unit__in=units) | Q(current_unit__in=units)
    found = Dossier.objects.filter(there, state__in=Dossier.UNDER_WAY)
    yield from _told(_("Dossiers under way: %(names)s."), found)


def ever(units: Sequence[Unit], day: datetime.date) -> Iterable[str]:
    yield from _told(_("Dossiers that belong where it stands: %(names)s."), Dossier.objects.filter(unit__in=units))


def _told(sentence: str, found: QuerySet[Dossier]) -> Iterable[str]:
    people = found.order_by("person__sort_key", "year").values_list("person__full_name", "year")
    if names := [f"{name} ({year})" for name, year in people]:
        yield sentence % {"names": named(names)}
