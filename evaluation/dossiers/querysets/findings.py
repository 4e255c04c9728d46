"""How findings that are followed up are read."""

from __future__ import annotations

import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Case, Count, F, Q, When

from membership.policy import Action, AnyUser, reach

Row = TypeVar("Row", bound=models.Model, covariant=True)


class FollowUpQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """To who inspects there, to the unit that answers and to the body above; nobody sees that on themselves."""
        places = (Action.INSPECT, "line__sample__unit__"), (Action.REVIEW, "unit__"), (Action.HEAR_APPEALS, "unit__")
        seen = Q(pk__in=[])
        for action, place in places:
            seen |= reach(user, action, place)
        own = user.person_id if user.is_authenticated else None
        return self.filter(seen).exclude(line__dossier__person=own)

    def open(self) -> Self:
        return self.exclude(state="closed")

    def late(self, day: datetime.date) -> Self:
        """Asked, and not answered by its day."""
        return self.filter(state="asked", due_on__lt=day)

    def tally_in(self, path: str, year: int, day: datetime.date) -> dict[str, int]:
        """Of the units at and beneath the path: how many were asked of the year's dossiers, how many are open, and how
        many of these are late."""
        within = self.filter(unit__path__startswith=path, line__dossier__year=year)
        is_late = Q(state="asked", due_on__lt=day)
        counts: dict[str, int] = within.aggregate(
            asked=Count("pk"), open=Count("pk", filter=~Q(state="closed")), late=Count("pk", filter=is_late)
        )
        return counts

    def for_list(self, user: AnyUser) -> Self:
        """The open ones first, by the day on which the answer is due."""
        is_closed = Case(When(state="closed", then=1), default=0)
        rows = self.visible_to(user).select_related("unit", "line__dossier__person", "line__sample__unit")
        return rows.order_by(is_closed, F("due_on"), "pk")

    def for_page(self, user: AnyUser) -> Self:
        return self.for_list(user).prefetch_related("entries__by__person", "entries__files")
