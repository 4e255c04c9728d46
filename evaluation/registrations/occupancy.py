"""Registrations when a unit lives on in another, and against taking one to another commune."""

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.registrations.models import Registration
from membership.models import Unit
from membership.registries.following import Follower
from membership.registries.occupancy import named


def ever(units: Sequence[Unit], day: datetime.date) -> Iterable[str]:
    found = Registration.objects.filter(unit__in=units).order_by("person__sort_key", "year")
    if names := [f"{name} ({year})" for name, year in found.values_list("person__full_name", "year")]:
        yield _("Registrations that belong where it stands: %(names)s.") % {"names": named(names)}


def _of_years_to_come(day: datetime.date) -> QuerySet[Registration]:
    return Registration.objects.filter(year__gte=day.year)


REGISTRATIONS = Follower("registrations", gettext_lazy("Registrations that go along"), _of_years_to_come, "unit")
