"""Registrations by year and unit, and people with theirs."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from evaluation.dossiers.models import Dossier
from membership.belonging import group_on
from membership.models import Person, Unit, User
from membership.policy import Action, reach
from membership.querysets import PersonQuerySet


class RegistrationQuerySet(models.QuerySet[Any, Any]):
    def of_person(self, person: Person) -> Self:
        """Also those of records merged into the person's."""
        return self.filter(person__in=Person.objects.records_of(person))

    def counted(self, unit: Unit, year: int) -> models.QuerySet[Any, Any]:
        """For each unit at and beneath it and each target group: how many registered, and how many of them hold the
        title of the year."""
        here = self.filter(year=year, unit__path__startswith=unit.path, person__merged_into=None)
        kept = here.annotate(is_kept=Exists(recognised(year).filter(person=OuterRef("person"))))
        counts = {"registered": Count("pk"), "fulfilled": Count("pk", filter=Q(is_kept=True))}
        return kept.values("unit__path", "group").annotate(**counts).order_by("unit__path", "group")


def recognised(year: int) -> models.QuerySet[Any, Any]:
    return Dossier.objects.filter(year=year, state=Dossier.State.RECOGNISED)


def people_to_register(user: User, year: int, day: datetime.date) -> PersonQuerySet:
    """Whom the user may register: those within reach for whom they write, with the unit and ``target_group`` of the
    day, with ``registration`` (its key), ``way`` and ``registered_at``, and ``dossier_state`` of the year."""
    registrations = apps.get_model("registrations", "Registration")._default_manager
    theirs = registrations.filter(person=OuterRef("pk"), year=year)
    dossier = Dossier.objects.standing().filter(person=OuterRef("pk"), year=year)
    within = Person.objects.listed().within(reach(user, Action.ASSIST, "unit__"), day).home_unit_on(day)
    return within.annotate(
        target_group=group_on(day),
        registration=Subquery(theirs.values("pk")[:1]),
        way=Subquery(theirs.values("way")[:1]),
        registered_at=Subquery(theirs.values("registered_at")[:1]),
        dossier_state=Subquery(dossier.values("state")[:1]),
    ).order_by("sort_key", "pk")  # fmt: skip
