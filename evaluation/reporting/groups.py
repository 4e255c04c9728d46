"""Who counts as an adult in a learning family, clan or community, and as staff of a learning unit: by the memberships
that are stored with the groups, for numerator and denominator alike."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, Q, QuerySet

from evaluation.recognition.models import Grouping, GroupingMember, Title
from membership.models import Membership, TargetGroup, TargetGroupPeriod
from membership.querysets import standing_on

ADULT = 18
STAFF = (TargetGroup.OFFICIALS, TargetGroup.WORKERS)


def adults(year: int) -> Q:
    """Of rows with a person; who gave no birth year counts as adult."""
    return Q(person__birth_year=None) | Q(person__birth_year__lte=year - ADULT)


def listed(day: datetime.date) -> QuerySet[GroupingMember]:
    """The outer row's person in a family, clan or community of the day."""
    on_the_day = GroupingMember.objects.on(day).filter(standing_on(day, "grouping__"), person=OuterRef("person"))
    return on_the_day.exclude(grouping__kind=Grouping.Kind.UNIT)


def learning_units(day: datetime.date) -> QuerySet[Grouping]:
    """The learning units in whose place the outer membership lies."""
    units = Grouping.objects.filter(standing_on(day), kind=Grouping.Kind.UNIT)
    path = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    return units.alias(path=path).filter(path__startswith=F("place__path"))


def staff(day: datetime.date) -> QuerySet[TargetGroupPeriod]:
    return TargetGroupPeriod.objects.filter(standing_on(day), person=OuterRef("person"), group__in=STAFF)


def titled(year: int, signed_until: datetime.date | None) -> QuerySet[Title]:
    found = Title.objects.standing().filter(year=year, person=OuterRef("person"))
    return found if signed_until is None else found.filter(decision__signed_on__lte=signed_until)


def people_between(between: Mapping[str, datetime.date]) -> set[int]:
    """Whom those days bring into a group or a target group, or take out."""
    moved = begun_or_ended(between)
    people: set[int] = set(TargetGroupPeriod.objects.filter(moved).values_list("person", flat=True))
    in_groups = GroupingMember.objects.filter(moved | begun_or_ended(between, "grouping__"))
    people |= set(in_groups.values_list("person", flat=True))
    units = Grouping.objects.filter(moved, kind=Grouping.Kind.UNIT)
    for path in units.values_list("place__path", flat=True):
        people |= set(Membership.objects.filter(unit__path__startswith=path).values_list("person", flat=True))
    return people


def begun_or_ended(between: Mapping[str, datetime.date], prefix: str = "") -> Q:
    """Of rows with a period: it began or ended in those days; ``between`` names lookups of a date."""
    begun: dict[str, Any] = {f"{prefix}valid_from__{name}": day for name, day in between.items()}
    ended: dict[str, Any] = {f"{prefix}valid_to__{name}": day for name, day in between.items()}
    return Q(**begun) | Q(**ended)
