"""Units with their plans of a year: which have one, and how far it has come."""

import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from membership.models import Unit
from membership.policy import Action, AnyUser, reach
from membership.querysets import UnitQuerySet
from movement.models import PlanTask, WorkPlan
from movement.models.plan import LEVEL_OF


def planning_units(user: AnyUser, day: datetime.date) -> UnitQuerySet:
    """In whose name the user may plan on the day."""
    return Unit.objects.on(day).filter(reach(user, Action.SEND_REPORTS), kind__in=LEVEL_OF)


def units_with_plans(user: AnyUser, year: int, today: datetime.date) -> QuerySet[Unit]:
    """Within reach, those of the year's last day, or of today, each with its plan, if any."""
    day = min(today, datetime.date(year, 12, 31))
    own = PlanTask.objects.filter(plan__unit=OuterRef("pk"), plan__year=year)
    units = Unit.objects.on(day).filter(reach(user, Action.VIEW_FIGURES), kind__in=LEVEL_OF)
    return units.annotate(
        plan=Subquery(WorkPlan.objects.filter(unit=OuterRef("pk"), year=year).values("pk")[:1]),
        planned=_counted(own),
        done=_counted(own.filter(state=PlanTask.State.DONE)),
        late=_counted(own.late(today)),
    ).order_by("path")


def _counted(tasks: QuerySet[Any]) -> Subquery:
    return Subquery(tasks.order_by().values("plan__unit").annotate(number=Count("pk")).values("number"))
