"""Dossiers when a unit lives on in another (decision 0129)."""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.models import Deadline, Dossier
from membership.registries.following import Follower


def of_years_to_come(day: datetime.date) -> QuerySet[Dossier]:
    """A dossier belongs where its person does on the last day of its year: one of a year that is over stays."""
    return Dossier.objects.filter(state__in=Dossier.UNDER_WAY, year__gte=day.year)


def waiting(day: datetime.date) -> QuerySet[Dossier]:
    """Of any year: the body that it waits at is now that of the heir."""
    return Dossier.objects.filter(state=Dossier.State.IN_REVIEW)


def deadlines_to_come(day: datetime.date) -> QuerySet[Deadline]:
    """Of two that meet, the later: nobody loses a day."""
    return Deadline.objects.filter(year__gte=day.year).order_by("-last_day", "pk")


FOLLOWERS = (
    Follower("dossiers", _("Dossiers under way that go along"), of_years_to_come, "unit"),
    Follower("dossiers_waiting", _("Dossiers whose body goes along"), waiting, "current_unit"),
    Follower("deadlines", _("Deadlines that go along; of two that meet, the later"), deadlines_to_come, "unit", True),
)
