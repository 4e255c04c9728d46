"""How requests about personal data, and breaches of it, are read."""

from __future__ import annotations

import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from membership.models import Person, Unit
from membership.policy import Action, AnyUser, may, reach

Row = TypeVar("Row", bound=models.Model, covariant=True)
_OPEN = ("received", "acknowledged")


class RequestQuerySet(models.QuerySet[Row]):
    def open(self) -> Self:
        return self.filter(state__in=_OPEN)

    def visible_to(self, user: AnyUser) -> Self:
        """To who answers them, by where the person belongs today as ``policy.may_over`` has it; never one's own:
        somebody else answers that."""
        others = self.exclude(person=getattr(user, "person_id", None))
        reached = reach(user, Action.MANAGE_PEOPLE)
        if not reached:
            return others
        people = Person.objects.filter(pk__in=others.order_by().values("person")).home_unit_on(timezone.localdate())
        return others.filter(person__in=people.filter(Q(home_unit_id__in=Unit.objects.filter(reached))).values("pk"))

    def for_desk(self, user: AnyUser) -> Self:
        """What is open first, by the day on which something has to happen next (``next_on``)."""
        next_on = Case(When(state="received", then=F("acknowledge_by")), default=F("due_on"))
        is_over = Case(When(state__in=_OPEN, then=0), default=1)
        return (
            self.visible_to(user)
            .select_related("person", "unit", "filed_by")
            .annotate(next_on=next_on, is_over=is_over)
            .order_by("is_over", "next_on", "pk")
        )

    def of_person(self, person: models.Model) -> Self:
        """Also of records that were merged into theirs; the latest first."""
        return self.filter(Q(person=person) | Q(person__merged_into=person)).order_by("-filed_at", "-pk")

    def pressing(self, day: datetime.date) -> Self:
        """Open, and something has to happen on the day at the latest, or should have before."""
        return self.filter(Q(state="received", acknowledge_by__lte=day) | Q(state="acknowledged", due_on__lte=day))

    def matching(self, text: str) -> Self:
        return self.filter(person__in=Person.objects.matching(text))


class BreachQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """To who protects the data of the whole province, and nobody else: what leaked is not told twice."""
        return self if may(user, Action.PROTECT_DATA) else self.none()

    def untold(self) -> Self:
        """Of which the authority is still to hear; what is due first stands first."""
        return self.filter(state="open").order_by("due_at", "pk")

    def for_register(self, user: AnyUser) -> Self:
        """What runs first, by the hours that are left; then what is over, the latest first."""
        over = Case(When(state="open", then=0), When(state="notified", then=1), default=2)
        runs_until = Case(When(state="open", then=F("due_at")))
        rows = self.visible_to(user).annotate(is_over=over, runs_until=runs_until)
        return rows.order_by("is_over", "runs_until", "-noticed_at", "-pk")
