"""How meetings, stand-ins, appeals and inspections are read, and who judged a dossier, at the desk or in a meeting:
nobody judges the same one in two bodies, nor answers for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from membership.models import Person, User
from membership.policy import Action, AnyUser, reach

Row = TypeVar("Row", bound=models.Model, covariant=True)
Reviewer = Mapping[str, Any]
_OF_DOSSIER = ("person", "unit", "current_step")


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
            .prefetch_related("attendances__person", *(f"lines__dossier__{of}" for of in _OF_DOSSIER))
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
        who = "lines__inspected_by__person", "lines__weighed_by__person", "lines__follow_up"
        return self.for_list(user).prefetch_related("lines__dossier__person", "lines__dossier__unit", *who)


def judged_elsewhere(at: Callable[[str], Any], reviewer: Reviewer, person: Any) -> Q:
    """Whether they judged it in another body than the one at which it waits.

    ``at`` leads to the dossier's row, ``reviewer`` to who reviewed, ``person`` to who sat in meetings. Who acted at
    this very body before and was then heard in the meeting of the one above has judged here alone.
    """
    here = at("current_step")
    reviews = _rows("Review").filter(dossier=at("pk"), **reviewer)
    changes = _rows("ScoreChange").filter(score__dossier=at("pk"), **reviewer)
    sittings = _sittings(at("pk"), person).exclude(
        meeting__step__role=at("current_step__role"), meeting__unit=at("current_unit")
    )
    sat = Q(Exists(sittings)) & ~Q(Exists(reviews.filter(step=here)))
    return Q(Exists(reviews.exclude(step=here))) | Q(Exists(changes.exclude(step=here))) | sat


def judged_anywhere(reviewer: Reviewer, person: Any) -> Q:
    reviews = _rows("Review").filter(dossier=OuterRef("pk"), **reviewer)
    changes = _rows("ScoreChange").filter(score__dossier=OuterRef("pk"), **reviewer)
    return Q(Exists(reviews)) | Q(Exists(changes)) | Q(Exists(_sittings(OuterRef("pk"), person)))


def judged_by_any(records: Iterable[Person]) -> Q:
    """By somebody with several records, at a desk or in a meeting; for the latter nobody needs an account."""
    return reduce(or_, (judged_anywhere({"by__person": person}, person) for person in records))


def _sittings(dossier: Any, person: Any) -> models.QuerySet[models.Model]:
    """Presence is noted when the minutes are closed, never before."""
    return _rows("Attendance").filter(meeting__lines__dossier=dossier, person=person, is_present=True)


def _rows(model: str) -> models.QuerySet[models.Model]:
    return apps.get_model("dossiers", model).objects.all()
