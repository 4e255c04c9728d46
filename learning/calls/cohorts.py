"""Classes: whom they can be given to, and how their people come along. What is read of a quiz is how often somebody
tried and how well at best, never an answer."""

import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from learning.calls.models import Call, Called
from learning.calls.querysets import CallQuerySet
from learning.calls.registries import attempts
from learning.tracking.models import StepProgress
from membership.models import Membership, Role, Unit, User
from membership.policy import AnyUser
from training_materials.models import CoursePage

READABLE = datetime.timedelta(days=30)  # how long after the last day of anybody in it


def teachers_for(unit: Unit, at: datetime.datetime) -> QuerySet[User]:
    """Trainers of the unit's province and of units in it, by name."""
    held = Membership.objects.on(timezone.localdate(at)).filter(role=Role.TRAINER)
    there = held.filter(unit__path__startswith=unit.paths_up[0]).values("person")
    return User.objects.filter(person__in=there, is_active=True).order_by("person__sort_key", "pk")


def taught_by(user: AnyUser, day: datetime.date) -> CallQuerySet[Call]:
    """The classes of a teacher that are out, until a while after they end; of nobody who is a trainer no more."""
    trains = Membership.objects.on(day).filter(person__user=user.pk, role=Role.TRAINER)
    out = Call.objects.filter(Exists(trains), teacher=user.pk, state__in=Call.STANDING)
    return out.lasting_to(day - READABLE).select_related("unit", "teacher__person")


def steps_needed(call: Call) -> list[str]:
    """The keys of the steps that finish the course; none once it is gone."""
    course = CoursePage.objects.live().filter(translation_key=call.key).first()
    return [step.key_text for step in course.outline().needed] if course else []


def progress_of(call: Call, needed: list[str], day: datetime.date) -> QuerySet[Any]:
    """The people of a class by name: what ``for_call`` says of each; how many of the needed steps they did, where they
    were last and when; their attempts at its quizzes, and the best result in percent."""
    own = StepProgress.objects.filter(enrolment__person=OuterRef("person"), enrolment__course_key=call.key)
    latest = own.order_by("-visited_at")
    done = own.filter(Q(completed_at__isnull=False), step_key__in=needed).order_by()
    counted = done.values("enrolment__person").annotate(number=Count("pk")).values("number")
    rows: Any = Called.objects.for_call(call, day)
    return rows.annotate(
        steps_done=Coalesce(Subquery(counted), 0),
        steps_needed=Value(len(needed), IntegerField()),
        where=Subquery(latest.values("step_title")[:1]),
        last_on=Subquery(latest.values(day=TruncDate("visited_at"))[:1]),
        **attempts.of_course(call.key),
    )
