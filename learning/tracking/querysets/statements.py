"""How statements are read: by terms, in the order of time."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from learning.tracking.querysets.enrolments import viewed_by
from membership.models import Person
from membership.policy import AnyUser

Row = TypeVar("Row", bound=models.Model, covariant=True)


class StatementQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """Statements about oneself, and about people who belong today where one may view learning."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(person_id=user.person_id) | Q(person__merged_into=user.person_id)
        own = mine if user.person_id else Q(pk__in=[])
        return self.filter(own | viewed_by(user))

    def about(self, person: Person) -> Self:
        """The person's, with those of records merged into theirs, without what is void."""
        merged = Person.objects.filter(merged_into=person).values("pk")
        return self.standing().filter(Q(person=person) | Q(person__in=merged))

    def stored_before(self, stored: datetime.datetime, key: UUID) -> Self:
        return self.filter(stored__lte=stored).filter(Q(stored__lt=stored) | Q(pk__lt=key))

    def standing(self) -> Self:
        """Those that are not void."""
        voidings = apps.get_model("tracking", "Voiding").objects
        return self.filter(~Exists(voidings.filter(target_id=OuterRef("pk"))))

    def found_by(self, terms: Collection[UUID]) -> Self:
        """Those that have all the terms."""
        rows = apps.get_model("tracking", "StatementTerm").objects
        found = self
        for term in terms:
            same = rows.filter(term=term, stored=OuterRef("stored"), statement_id=OuterRef("pk"))
            found = found.filter(Exists(same))
        return found


class StatementTermQuerySet(models.QuerySet[Row]):
    """A page of statements begins here when a filter names at least one term: the index holds them in order."""

    def found_by(self, terms: Sequence[UUID], within: Q) -> Self:
        """Rows of the first term whose statements have the others as well, and are not void.

        The bounds in time stand at every term: PostgreSQL carries none over, and would read two terms of a million
        rows side by side from their beginning.
        """
        voidings = apps.get_model("tracking", "Voiding").objects
        same = self.model._default_manager.filter(
            within, stored=OuterRef("stored"), statement_id=OuterRef("statement_id")
        )
        return self.filter(
            ~Exists(voidings.filter(target_id=OuterRef("statement_id"))),
            *(Exists(same.filter(term=term)) for term in terms[1:]),
            within,
            term=terms[0],
        )


def between(since: datetime.datetime | None, until: datetime.datetime | None) -> Q:
    """Stored after ``since`` and not after ``until``."""
    within = Q()
    if since is not None:
        within &= Q(stored__gt=since)
    if until is not None:
        within &= Q(stored__lte=until)
    return within
