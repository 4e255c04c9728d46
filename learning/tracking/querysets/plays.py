"""How plays are read."""

from __future__ import annotations

from typing import Self, TypeVar
from uuid import UUID

from django.db import models

from membership.policy import AnyUser

Row = TypeVar("Row", bound=models.Model, covariant=True)


class PlayQuerySet(models.QuerySet[Row]):
    def of(self, user: AnyUser) -> Self:
        """One's own: nobody else opens or continues a play."""
        person_id = user.person_id if user.is_authenticated else None
        return self.filter(enrolment__person_id=person_id) if person_id else self.none()

    def for_player(self, enrolment: models.Model, activity_key: UUID) -> list[Row]:
        """What one did with this activity so far, the latest first: two queries."""
        mine = self.filter(enrolment=enrolment, activity_key=activity_key)
        return list(mine.prefetch_related("results"))
