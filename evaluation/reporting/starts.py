"""From which day training on the criteria counts: a session or course trains for the set that was in force when it took
place, so a new set starts anew for those whom it judges."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, DateTimeField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Length
from django.utils import timezone

from evaluation.criteria.models import CriteriaSet
from membership.belonging import group_on
from membership.models import Membership

_EVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Start:
    """The set of a group, at the unit of that path and beneath it, came into force on the day."""

    group: str
    path: str
    day: datetime.date

    def __str__(self) -> str:
        return f"{self.group}@{self.path}:{self.day}"


def starts_on(day: datetime.date) -> tuple[Start, ...]:
    """Of the sets in force on the day, the nearest to anybody's unit first, as a person's own set is found."""
    sets = CriteriaSet.objects.in_force(day).exclude(group="")
    nearest = sets.order_by(Coalesce(Length("unit__path"), 0).desc(), "-valid_from", "-pk")
    path = Coalesce("unit__path", Value(""))
    return tuple(Start(*row) for row in nearest.values_list("group", path, "valid_from"))


def with_start(rows: QuerySet[Membership], starts: Iterable[Start], day: datetime.date) -> QuerySet[Membership]:
    """Adds ``trained_from``: when the set came into force that judges the person of the row there; long ago where none
    does, for nothing says then which training is too old."""
    cases = [
        When(Q(group_then=start.group, unit__path__startswith=start.path), then=Value(_midnight(start.day)))
        for start in starts
    ]
    found = rows.annotate(group_then=group_on(day, "person"))
    return found.annotate(trained_from=Case(*cases, default=Value(_EVER), output_field=DateTimeField()))


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=timezone.get_default_timezone())
