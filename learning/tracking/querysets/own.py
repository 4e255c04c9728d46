"""How one's own notes and days of learning are read: by oneself alone."""

from __future__ import annotations

import datetime
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from learning.tracking.registries.days import MOMENTS
from membership.models import Person
from membership.policy import AnyUser
from training_materials.models import CoursePage

Row = TypeVar("Row", bound=models.Model, covariant=True)


class NoteQuerySet(models.QuerySet[Row]):
    def of(self, user: AnyUser) -> Self:
        """One's own: there is nobody else who may see them."""
        person_id = user.person_id if user.is_authenticated else None
        return self.filter(enrolment__person_id=person_id) if person_id else self.none()

    def for_step(self, enrolment: models.Model, step_key: UUID) -> Self:
        return self.filter(enrolment=enrolment, step_key=step_key)

    def for_own_page(self) -> Self:
        """Course by course, those taken up last first, in the order of their lessons."""
        placed = self.select_related("enrolment__course", "step")
        columns = (f"enrolment__course__{column}" for column in CoursePage.searched_columns)
        order = (F("step__path").asc(nulls_last=True), "step_title", "made_at", "pk")
        return placed.defer(*columns).order_by("-enrolment__enrolled_at", "enrolment_id", *order)


def days_learnt(person: Person, periods: list[tuple[datetime.date, datetime.date]]) -> set[datetime.date]:
    """The days within these periods, first and last included, on which something lasting was done: one query, whatever
    there is."""
    records = Person.objects.records_of(person).values("pk")
    first, *others = [
        moment.model()
        ._default_manager.filter(_within(moment.field, periods), **{f"{moment.person}__in": records})
        .order_by()
        .values_list(TruncDate(moment.field), flat=True)
        for moment in MOMENTS
    ]
    found: Any = first.union(*others)
    return set(found)


def _within(field: str, periods: list[tuple[datetime.date, datetime.date]]) -> Q:
    within = Q(pk__in=[])
    for first, last in periods:
        within |= Q(**{f"{field}__gte": _midnight(first), f"{field}__lt": _midnight(last + datetime.timedelta(days=1))})
    return within


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
