"""How work plans and their tasks are read."""

from __future__ import annotations

import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Count, Q

from membership.policy import Action, AnyUser, reach, roles_for

Row = TypeVar("Row", bound=models.Model, covariant=True)
OPEN = ("planned", "begun")
SOON = datetime.timedelta(days=14)


class PlanQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(reach(user, Action.VIEW_FIGURES, "unit__")).select_related("unit")


class TaskQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(reach(user, Action.VIEW_FIGURES, "plan__unit__"))

    def still_open(self) -> Self:
        return self.filter(state__in=OPEN)

    def late(self, day: datetime.date) -> Self:
        return self.still_open().filter(due_on__lt=day)

    def for_list(self, user: AnyUser) -> Self:
        return (
            self.visible_to(user).select_related("plan__unit").annotate(papers=Count("files")).order_by("due_on", "pk")
        )

    def due_soon(self, day: datetime.date) -> Self:
        return self.still_open().filter(due_on__lte=day + SOON)

    def due_to(self, user: AnyUser, day: datetime.date) -> Self:
        """What is late or due soon in the units in which the user holds an office, not in all beneath."""
        units = [held.unit_id for held in roles_for(user, Action.SEND_REPORTS)]
        return self.due_soon(day).filter(plan__unit__in=units)

    def matching(self, words: str) -> Self:
        """Each word stands in the title, or among who leads or helps."""
        found = self
        for word in words.split():
            found = found.filter(Q(title__icontains=word) | Q(leads__icontains=word) | Q(helps__icontains=word))
        return found
