"""Counting people by unit: three set-based queries for a unit and all beneath it, however many rows there are.

A member counts once, in the unit they belong to on the cut-off date; a title counts in its dossier's unit.
"""

from __future__ import annotations

import datetime
from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, TextField, When
from django.db.models.functions import Cast
from django.utils import timezone

from evaluation.dossiers.models import IndicatorScore
from evaluation.recognition.models import Title
from learning.evidence.models import Evidence, Kind, Verification
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

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Topics:
    """The topics by which evidence shows that someone studied the criteria, or has digital skills."""

    criteria: str
    digital: str


Tallies = dict[str, Tally]


def count(unit: Unit, year: int, day: datetime.date, topics: Topics) -> Tallies:
    """By unit path, for the unit and all beneath it where anybody is; two queries."""
    found: Tallies = {}
    for row in _members(unit, day, topics.criteria):
        path = row.pop("unit__path")
        found[path] = Tally(**row)
    for row in _titles(unit, year, day, topics.digital):
        path = row.pop("dossier__unit__path")
        found[path] = found.get(path, Tally()) + Tally(**row)
    return found


def total(tallies: Tallies, path: str) -> Tally:
    """The unit at that path with all beneath it."""
    return sum((tally for place, tally in tallies.items() if place.startswith(path)), Tally())


def _members(unit: Unit, day: datetime.date, topic: str) -> list[dict[str, Any]]:
    standing = Membership.objects.on(day).annotate(rank=Case(When(role=Role.MEMBER, then=0), default=1))
    is_earlier = Q(valid_from__lt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__lt=OuterRef("pk"))
    goes_before = Q(rank__lt=OuterRef("rank")) | (Q(rank=OuterRef("rank")) & is_earlier)
    nearer_home = standing.filter(goes_before, person=OuterRef("person"))
    has_studied = Exists(_evidence(day, topic).filter(_STUDIED))
    rows = (
        standing.filter(~Exists(nearer_home), unit__path__startswith=unit.path)
        .filter(person__merged_into=None, person__erased_at=None)
        .annotate(has_studied=has_studied)
        .order_by()
        .values("unit__path")
        .annotate(members=Count("pk"), studied=Count("pk", filter=Q(has_studied=True)))
    )
    return [dict(row) for row in rows]


def _titles(unit: Unit, year: int, day: datetime.date, topic: str) -> list[dict[str, Any]]:
    own_scores = IndicatorScore.objects.filter(dossier=OuterRef("dossier"), self_points__isnull=False)
    is_self_updated = Q(dossier__is_assisted=False, has_own_scores=True)
    rows = (
        Title.objects.standing()
        .filter(year=year, dossier__unit__path__startswith=unit.path, person__merged_into=None)
        .annotate(
            is_skilled=Exists(_evidence(day, topic).filter(_STUDIED | _SEEN_CERTIFICATE)),
            has_own_scores=Exists(own_scores),
        )
        .order_by()
        .values("dossier__unit__path")
        .annotate(
            titled=Count("pk"),
            residents_titled=Count("pk", filter=Q(dossier__group=TargetGroup.RESIDENTS)),
            staff_titled=Count("pk", filter=Q(dossier__group__in=STAFF)),
            skilled=Count("pk", filter=Q(is_skilled=True)),
            self_updated=Count("pk", filter=is_self_updated),
            skilled_self_updated=Count("pk", filter=is_self_updated & Q(is_skilled=True)),
        )
    )
    return [dict(row) for row in rows]


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
