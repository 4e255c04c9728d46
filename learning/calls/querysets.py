"""How calls are read. What somebody has done is asked of the evidence, for all rows in one query."""

from __future__ import annotations

import datetime
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, DateField, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, TruncDate

from learning.calls.registries.destinations import DESTINATIONS
from learning.evidence.models import Evidence
from learning.tracking.models import Enrolment
from membership.models import Membership, Person
from membership.policy import Action, AnyUser, reach

Row = TypeVar("Row", bound=models.Model, covariant=True)
_STANDING = ("called", "changed")


class CallQuerySet(models.QuerySet[Row]):
    def organised_by(self, user: AnyUser) -> Self:
        """Of units where the user may call people, and of no other."""
        return self.filter(reach(user, Action.ORGANISE, "unit__"))

    def lasting_to(self, day: datetime.date) -> Self:
        """Drafts and what is out, with a last day of anybody on it from that day on."""
        longer = Exists(_called().filter(call=OuterRef("pk"), last_day__gte=day))
        return self.exclude(state="cancelled").filter(Q(last_day__gte=day) | longer)

    def for_list(self, user: AnyUser) -> Self:
        """One query, however many calls there are."""
        return self.organised_by(user).select_related("unit", "teacher__person").with_size()

    def with_size(self) -> Self:
        """With how many are called."""
        called = _called().on_lists().filter(call=OuterRef("pk"))
        size = Subquery(called.order_by().values("call").annotate(size=Count("pk")).values("size"))
        return self.annotate(size=Coalesce(size, 0))


def _called() -> Any:
    return apps.get_model("calls", "Called")._default_manager.all()


class CalledQuerySet(models.QuerySet[Row]):
    def with_state(self) -> Self:
        """Adds ``due_on``, the person's last day, and ``done_on``, the day on which they did it, if they have."""
        facts = Evidence.objects.standing().filter(person=OuterRef("person")).order_by("occurred_at")
        cases = [
            When(
                call__kind=one.kind,
                then=Subquery(facts.filter(one.proof(OuterRef("call__key"))).values(day=TruncDate("occurred_at"))[:1]),
            )
            for one in DESTINATIONS.values()
        ]
        nothing = models.Value(None, output_field=DateField())
        done = Case(*cases, default=nothing, output_field=DateField()) if cases else nothing
        return self.annotate(due_on=Coalesce("last_day", "call__last_day"), done_on=done)

    def on_lists(self) -> Self:
        """Not of who asked that their data be not used for now."""
        return self.filter(person__in=Person.objects.listed())

    def for_call(self, call: Any, day: datetime.date) -> Self:
        """The people of a call by name, each with where they belong."""
        home = Membership.objects.on(day).filter(person=OuterRef("person"))
        home = home.annotate(turn=Case(When(role="member", then=0), default=1)).order_by("turn", "valid_from", "pk")
        rows = self.filter(call=call).on_lists().with_state().select_related("person", "call")
        return rows.annotate(home=Subquery(home.values("unit__name")[:1])).order_by("person__sort_key", "pk")

    def standing_of(self, person_id: int, day: datetime.date) -> Self:
        """What the person is called to on the day and has not done: what is due first comes first. What is late stays
        until it is done, or a year has passed."""
        begun = self.filter(person=person_id, call__state__in=_STANDING, call__first_day__lte=day)
        open_ones = begun.with_state().filter(done_on=None, due_on__gte=day - datetime.timedelta(days=365))
        return open_ones.select_related("call__unit", "call__teacher__person").order_by("due_on", "pk")

    def yet_to_enrol(self, key: Any, day: datetime.date) -> Self:
        """Of those called to the course by a call that has begun, who is not enrolled and has not done it elsewhere."""
        enrolled = Enrolment.objects.filter(course_key=key, person=OuterRef("person"))
        out = self.filter(call__kind="course", call__key=key, call__state__in=_STANDING, call__first_day__lte=day)
        return out.exclude(Exists(enrolled)).on_lists().with_state().filter(done_on=None)

    def counted(self, day: datetime.date) -> dict[str, int]:
        """Of rows ``with_state``: how many are called, have done it, are late."""
        is_late = Q(done_on=None, due_on__lt=day)
        counts = {"size": Count("pk"), "done": Count("pk", filter=Q(done_on__isnull=False))}
        return self.order_by().aggregate(**counts, late=Count("pk", filter=is_late))
