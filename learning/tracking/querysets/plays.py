"""How plays are read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from membership.policy import AnyUser

if TYPE_CHECKING:
    from learning.tracking.models import Enrolment, Play


class PlayQuerySet(models.QuerySet["Play"]):
    def of(self, user: AnyUser) -> PlayQuerySet:
        """One's own: nobody else opens or continues a play."""
        person_id = user.person_id if user.is_authenticated else None
        return self.filter(enrolment__person_id=person_id) if person_id else self.none()

    def for_player(self, enrolment: Enrolment, activity_key: UUID) -> list[Play]:
        """What one did with this activity so far, the latest first: two queries."""
        mine = self.filter(enrolment=enrolment, activity_key=activity_key)
        return list(mine.prefetch_related("results"))
