"""How meetings, stand-ins, appeals and inspections are read."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Count, F, Q

from membership.models import User
from membership.policy import Action, AnyUser, reach

Row = TypeVar("Row", bound=models.Model, covariant=True)


class StandInQuerySet(models.QuerySet[Row]):
    def for_page(self, user: User) -> Self:
        """Those within reach of whoever manages people there, the latest first."""
        places = "membership__person", "membership__unit", "appointed_by__person"
        within = reach(user, Action.MANAGE_PEOPLE, "membership__unit__")
        return self.filter(within).select_related(*places)


class MeetingQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(reach(user, Action.VIEW_DOSSIERS, "unit__"))

    def for_list(self, user: AnyUser) -> Self:
        present = Count("attendances", filter=Q(attendances__is_present=True), distinct=True)
        return (
            self.visible_to(user)
            .select_related("step", "unit")
            .annotate(present=present, dossier_count=Count("lines", distinct=True))
            .order_by("-held_at", "-pk")
        )

    def for_page(self, user: AnyUser) -> Self:
        """One meeting with all that its page and its minutes show; bounded queries."""
        return (
            self.visible_to(user)
            .select_related("step", "unit", "chair", "secretary", "called_by__person", "closed_by__person")
            .prefetch_related("attendances__person", "lines__dossier__person", "lines__dossier__unit")
        )


class AppealQuerySet(models.QuerySet[Row]):
    def open(self) -> Self:
        return self.filter(outcome="")

    def for_list(self, user: AnyUser) -> Self:
        """Those that the user may answer, the open ones first, by the day on which the answer is due."""
        return (
            self.filter(reach(user, Action.HEAR_APPEALS, "unit__"))
            .select_related("dossier__person", "dossier__unit", "answered_by__person")
            .order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")
        )


class SampleQuerySet(models.QuerySet[Row]):
    def for_list(self, user: AnyUser) -> Self:
        return (
            self.filter(reach(user, Action.INSPECT, "unit__"))
            .select_related("unit", "drawn_by__person")
            .annotate(
                size=Count("lines"),
                inspected=Count("lines", filter=~Q(lines__finding="")),
                doubtful=Count("lines", filter=Q(lines__finding="doubtful")),
            )
            .order_by("-drawn_at", "-pk")
        )

    def for_page(self, user: AnyUser) -> Self:
        places = "lines__dossier__person", "lines__dossier__unit", "lines__inspected_by__person"
        return self.for_list(user).prefetch_related(*places)
