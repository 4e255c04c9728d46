"""How groups that learn are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self, TypeVar, cast

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from membership.models import Membership, Role, Unit
from membership.policy import Action, AnyUser, reach
from membership.querysets import standing_on

_ON_RECORD = Q(person__merged_into=None, person__erased_at=None)
ADULT = 18

Row = TypeVar("Row", bound=models.Model, covariant=True)


class GroupingQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(reach(user, Action.VIEW_FIGURES, "place__"))

    def below(self, unit: Unit, day: datetime.date) -> Self:
        return self.filter(standing_on(day), place__path__startswith=unit.path)

    def for_page(self, unit: Unit, year: int, day: datetime.date) -> Self:
        """Those at and beneath the unit, by kind and name, each with its figures on the day; one query."""
        return (
            self.below(unit, day).with_figures(year, day).select_related("place").order_by("place__path", "name", "pk")
        )

    def with_figures(self, year: int, day: datetime.date) -> Self:
        """Adds ``member_count`` and, with a standing title for the year, ``titled_count``: people, each once."""
        titled = Q(person__titles__year=year, person__titles__revoked_at=None)
        return self.annotate(member_count=_people(day, Q()), titled_count=_people(day, titled))


class MemberQuerySet(models.QuerySet[Row]):
    def on(self, day: datetime.date) -> Self:
        return self.filter(standing_on(day)).filter(_ON_RECORD)

    def for_page(self, grouping: models.Model, year: int, day: datetime.date) -> Self:
        """The members of the day by name, each with ``has_title`` for the year."""
        titles = apps.get_model("recognition", "Title").objects.standing().filter(person=OuterRef("person"), year=year)
        members = self.on(day).filter(grouping=grouping).select_related("person")
        return members.annotate(has_title=models.Exists(titles)).order_by("person__sort_key", "pk")

    def adults_in(self, unit: Unit, year: int, day: datetime.date) -> int:
        """Adults in listed groups (families, clans, communities) at and beneath the unit, each counted once: the
        denominator that the plan names for adults with the title. Who gave no birth year counts as adult."""
        grown = Q(person__birth_year=None) | Q(person__birth_year__lte=year - ADULT)
        within = Q(standing_on(day, "grouping__"), grouping__place__path__startswith=unit.path)
        return self.on(day).filter(within, grown).values("person").distinct().count()


class GroupingRuleQuerySet(models.QuerySet[Row]):
    def on(self, day: datetime.date) -> dict[str, Row]:
        """The rule of each kind on the day; one query."""
        return {rule.kind: rule for rule in cast("Iterable[Any]", self.filter(standing_on(day)))}


def _people(day: datetime.date, which: Q) -> Any:
    """How many people belong: of a unit its members of the day, of the others those listed."""
    listed = apps.get_model("recognition", "GroupingMember").objects.on(day).filter(grouping=OuterRef("pk"))
    belonging = Membership.objects.on(day).filter(
        _ON_RECORD, role=Role.MEMBER, unit__path__startswith=OuterRef("place__path")
    )
    return Case(
        When(kind="unit", then=_count(belonging.filter(which))),
        default=_count(listed.filter(which)),
        output_field=IntegerField(),
    )


def _count(rows: models.QuerySet[Any]) -> Any:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("person", distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)
