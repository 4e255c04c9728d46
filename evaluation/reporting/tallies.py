"""Counting people by unit: set-based queries for a unit and all beneath it, however many rows there are.

A member counts once, in the unit they belong to on the cut-off date; a title counts in its dossier's unit.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from operator import add, sub
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils import timezone

from evaluation.dossiers.models import IndicatorScore
from evaluation.recognition.models import Title
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Verification
from membership.models import Membership, Role, TargetGroup, Unit

STAFF = (TargetGroup.OFFICIALS, TargetGroup.WORKERS)
_STUDIED = Q(kind__in=[Kind.COURSE_COMPLETED, Kind.QUIZ_PASSED])
_SEEN_CERTIFICATE = Q(
    kind=Kind.EXTERNAL_CERTIFICATE, verification__in=[Verification.DOCUMENT_SEEN, Verification.SIGNED]
)


@dataclass(frozen=True)
class Tally:
    """Numbers of people."""

    members: int = 0
    studied: int = 0
    titled: int = 0
    residents_titled: int = 0
    staff_titled: int = 0
    skilled: int = 0
    self_updated: int = 0
    skilled_self_updated: int = 0

    def __sub__(self, other: Tally) -> Tally:
        return Tally(*map(sub, vars(self).values(), vars(other).values()))

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(add, vars(self).values(), vars(other).values()))


@dataclass(frozen=True)
class Topics:
    """The topics by which evidence shows that someone studied the criteria, or has digital skills."""

    criteria: str
    digital: str


Tallies = dict[str, Tally]

_MEMBER_COUNTS = {"members": Count("pk"), "studied": Count("pk", filter=Q(has_studied=True))}
_TITLE_COUNTS = {
    "titled": Count("pk"),
    "residents_titled": Count("pk", filter=Q(is_resident=True)),
    "staff_titled": Count("pk", filter=Q(is_staff=True)),
    "skilled": Count("pk", filter=Q(is_skilled=True)),
    "self_updated": Count("pk", filter=Q(is_self_updated=True)),
    "skilled_self_updated": Count("pk", filter=Q(is_self_updated=True, is_skilled=True)),
}


def count(
    unit: Unit, year: int, day: datetime.date, topics: Topics, signed_until: datetime.date | None = None
) -> Tallies:
    """By unit path, for the unit and all beneath it where anybody is; two queries over everybody.

    ``signed_until`` leaves out what was decided after that day.
    """
    members_there = members(day, topics.criteria).filter(unit__path__startswith=unit.path)
    titles_there = titles(year, day, topics.digital).filter(dossier__unit__path__startswith=unit.path)
    if signed_until is not None:
        titles_there = titles_there.filter(decision__signed_on__lte=signed_until)
    return sums(members_there, titles_there)


def sums(members_counted: QuerySet[Membership], titles_counted: QuerySet[Title]) -> Tallies:
    """Of rows that ``members`` and ``titles`` give, by unit path."""
    found: Tallies = {}
    member_rows = members_counted.order_by().values("unit__path").annotate(**_MEMBER_COUNTS)
    title_rows = titles_counted.order_by().values("dossier__unit__path").annotate(**_TITLE_COUNTS)
    for place, rows in (("unit__path", member_rows), ("dossier__unit__path", title_rows)):
        for row in map(dict[str, Any], rows):
            path = row.pop(place)
            found[path] = found.get(path, Tally()) + Tally(**row)
    return found


def total(tallies: Tallies, path: str) -> Tally:
    """The unit at that path with all beneath it."""
    return sum((tally for place, tally in tallies.items() if place.startswith(path)), Tally())


def members(day: datetime.date, topic: str, people: RawSQL | None = None) -> QuerySet[Membership]:
    """Everyone on record once (or those of ``people``), by the membership that places them on the day, with
    ``has_studied``."""
    standing = Membership.objects.on(day)
    if people is not None:
        standing = standing.filter(person__in=people)
    standing = standing.annotate(rank=Case(When(role=Role.MEMBER, then=0), default=1))
    is_earlier = Q(valid_from__lt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__lt=OuterRef("pk"))
    goes_before = Q(rank__lt=OuterRef("rank")) | (Q(rank=OuterRef("rank")) & is_earlier)
    nearer_home = standing.filter(goes_before, person=OuterRef("person"))
    return (
        standing.filter(~Exists(nearer_home))
        .filter(person__merged_into=None, person__erased_at=None)
        .annotate(has_studied=Exists(_evidence(day, topic).filter(_STUDIED)))
    )


def titles(year: int, day: datetime.date, topic: str) -> QuerySet[Title]:
    """Standing titles of the year with what else is counted of their people."""
    own_scores = IndicatorScore.objects.filter(dossier=OuterRef("dossier"), self_points__isnull=False)
    return (
        Title.objects.standing()
        .filter(year=year, person__merged_into=None)
        .annotate(
            is_resident=_truth(Q(dossier__group=TargetGroup.RESIDENTS)),
            is_staff=_truth(Q(dossier__group__in=STAFF)),
            is_skilled=Exists(_evidence(day, topic).filter(_STUDIED | _SEEN_CERTIFICATE)),
            is_self_updated=_truth(Q(Q(dossier__is_assisted=False), Exists(own_scores))),
        )
    )


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _evidence(day: datetime.date, topic: str) -> QuerySet[Evidence]:
    """Standing facts about the outer row's person, up to the end of the day, that carry the topic.

    Topics are a JSON list of slugs; looking for the slug in quotes is the same question on both databases.
    """
    midnight = datetime.time(tzinfo=timezone.get_default_timezone())
    after = datetime.datetime.combine(day + datetime.timedelta(days=1), midnight)
    return (
        Evidence.objects.standing()
        .filter(person=OuterRef("person"), occurred_at__lt=after)
        .annotate(topics_text=Cast("topics", TextField()))
        .filter(topics_text__contains=f'"{topic}"')
    )
