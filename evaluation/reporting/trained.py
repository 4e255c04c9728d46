"""Who has been trained in the criteria, by name: the people of the figure "studied the criteria", read by its own
definition, so that list and figure cannot differ but by who asked that their data be not used for now."""

import datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from evaluation.reporting.figures import topics_of
from evaluation.reporting.tallies import members, training
from membership.models import Membership, Unit
from membership.policy import Action
from membership.querysets import PersonQuerySet
from membership.registries.groups import Group, register

UNTRAINED = "untrained:criteria"


def people_trained(unit: Unit, day: datetime.date) -> QuerySet[Membership]:
    """The cadres and members of the unit and all beneath it by name, each with ``has_studied``, and what trained them
    last and when."""
    topics = topics_of(day.year, day)
    latest = training(day, topics).order_by("-occurred_at", "-pk")
    rows = members(day.year, day, topics).filter(unit__path__startswith=unit.path, person__restricted_at=None)
    return (
        rows.select_related("person", "unit")
        .annotate(
            trained_by=Subquery(latest.values("title")[:1]),
            trained_on=Subquery(latest.values(day=TruncDate("occurred_at"))[:1]),
        )
        .order_by("person__sort_key", "pk")
    )


def connect() -> None:
    register(
        Group(
            "untrained",
            _("Lack something that is counted"),
            lambda _user: [("criteria", _("Not trained in the criteria in force"))],
            _narrowed,
            needs=(Action.VIEW_FIGURES, Action.VIEW_PEOPLE),
        )
    )


def _narrowed(people: PersonQuerySet, _which: str, day: datetime.date, unit: Unit) -> PersonQuerySet:
    rows: Any = members(day.year, day, topics_of(day.year, day)).filter(unit__path__startswith=unit.path)
    return people.filter(pk__in=rows.filter(has_studied=False).values("person"))
