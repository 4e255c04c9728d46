"""How dossiers are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from evaluation.dossiers.querysets.meetings import judged_anywhere, judged_by_any, judged_elsewhere
from evaluation.dossiers.querysets.readiness import Stand, obstacle, of_last_meeting
from interface.vietnamese import fold
from membership.models import Membership, Person, User
from membership.policy import Action, AnyUser, reach, roles_for
from membership.querysets import standing_on

_PLACES = ("person", "unit", "current_step", "current_unit", "criteria_set", "chain")
# Among the dossiers of a person and year: those whose title was revoked come after the one that stands.
_WHICH_STANDS = (Case(When(state="revoked", then=1), default=0), "-pk")

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ReviewChainQuerySet(models.QuerySet[Row]):
    def standing(self, group: str, day: datetime.date) -> Self:
        """The group's chains of the day with their steps, in the order in which they are tried."""
        return self.filter(standing_on(day), group=group).prefetch_related("steps").order_by("preference", "pk")

    def for_listing(self) -> Self:
        """With their bodies; the latest of a name first."""
        return self.prefetch_related("steps").order_by("group", "preference", "name", "-valid_from", "pk")


class DossierQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """One's own, and what has been submitted by people within reach: a draft is nobody else's business."""
        if not user.is_authenticated:
            return self.none()
        own = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
        handed_in = Q(submitted_at__isnull=False)
        return self.filter(own | (handed_in & reach(user, Action.VIEW_DOSSIERS, "unit__")))

    def assistable_by(self, user: AnyUser) -> Self:
        """What officers write within the user's reach; what people write themselves is nobody else's business."""
        return self.filter(reach(user, Action.ASSIST, "unit__"), is_assisted=True).of_others(user)

    def judged_by(self, user: User) -> Self:
        """In whatever body."""
        return self.filter(judged_anywhere({"by": user}, user.person_id))

    def judged_by_records(self, records: Iterable[Person]) -> Self:
        return self.filter(judged_by_any(records))

    def of_others(self, user: AnyUser) -> Self:
        person_id = user.person_id if user.is_authenticated else None
        return self.exclude(person_id=person_id) if person_id else self

    def due_between(self, first: datetime.date, last: datetime.date) -> Self:
        """Those to be handed in then, with ``due_on``, the day that the nearest unit at or above theirs has set, and
        ``due_by``, the key of that ``Deadline``."""
        days = apps.get_model("dossiers", "Deadline")._default_manager.filter(year=OuterRef("year"))
        path = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
        nearest = days.alias(path=path).filter(path__startswith=F("unit__path")).order_by("-unit__depth")
        due = self.annotate(due_on=Subquery(nearest.values("last_day")[:1]), due_by=Subquery(nearest.values("pk")[:1]))
        return due.filter(due_on__range=(first, last))

    def counting(self) -> Self:
        """Without those that gave way to another dossier of the same person and year when records were merged."""
        return self.exclude(state="set_aside")

    def standing(self) -> Self:
        """Of those that count, without those whose title was revoked: a person has one in a year at most."""
        return self.counting().exclude(state="revoked")

    def of_year(self, person: int | Person, year: int) -> Self:
        """The person's of that year: the one that stands, and after it those whose title was revoked."""
        return self.counting().filter(person=person, year=year).order_by(*_WHICH_STANDS)

    def for_self(self, person: Person) -> Self:
        """A person's years, the latest first; in each, the dossiers as ``of_year`` has them."""
        return (
            self.counting()
            .filter(person=person)
            .select_related("current_step", "current_unit", "unit", "criteria_set")
            .with_totals()
            .order_by("-year", *_WHICH_STANDS)
        )

    def totals_at(self, meeting: Any) -> dict[int, Decimal | None]:
        """By dossier of the meeting: as they are now, the person's own where no body has given a score, or as they were
        when its minutes were closed."""
        if meeting.is_closed:
            return dict(meeting.lines.values_list("dossier", "total"))
        standing = Sum(Coalesce("scores__reviewed_points", "scores__self_points"))
        looked_at: Any = self.filter(meeting_lines__meeting=meeting).annotate(standing=standing)
        return dict(looked_at.values_list("pk", "standing"))

    def with_totals(self) -> Self:
        """Adds the totals of one's own and of reviewed scores, how many there are of each, and ``maximum``, what all
        could come to."""
        return self.annotate(
            maximum=Sum("scores__indicator__maximum"),
            score_count=Count("scores"),
            self_count=Count("scores__self_points"),
            reviewed_count=Count("scores__reviewed_points"),
            self_total=Sum("scores__self_points"),
            reviewed_total=Sum("scores__reviewed_points"),
        )

    def for_queue(self, user: User, on: datetime.date | None = None) -> Self:
        """What waits for the user today (or on that day): at their own body, or at one without anybody who may act,
        which the next body up serves. ``is_own`` and ``has_judged`` mark those that someone else must take.
        """
        day = on or timezone.localdate()
        mine = Q(pk__in=[])
        for held in roles_for(user, Action.REVIEW, on):
            beneath = Q(current_unit__path__startswith=held.unit.path, is_vacant=True)
            mine |= _sits_at(held)
            mine |= beneath & Q(next_role=held.role, next_kind=held.unit.kind)
            mine |= beneath & Q(is_next_vacant=True, third_role=held.role, third_kind=held.unit.kind)
        waiting = self.filter(state="in_review", person__restricted_at=None)
        return waiting._with_vacancies(day)._marked_for(user).filter(mine)

    def stuck(self, day: datetime.date) -> Self:
        """In review, and nobody at the body, nor at the two above it, may act: a stand-in has to be appointed."""
        waiting = self.filter(state="in_review")._with_vacancies(day)
        return waiting.filter(Q(is_vacant=True, is_next_vacant=True) & ~Exists(_above(day, "third")))

    def takeable_by(self, user: User) -> Self:
        """Those of the queue that the user may take themselves."""
        return self.for_queue(user).filter(Q(is_own=False, has_judged=False))

    def in_turn(self) -> Self:
        """Who waits longest comes first."""
        return self.order_by("submitted_at", "pk")

    def key_list(self) -> list[int]:
        """Whose turn it is costs most: asked once, for the count and the page."""
        return list(self.values_list("pk", flat=True))

    def for_rows(self, keys: Sequence[int], user: User) -> Self:
        """The rows of one page of the queue, or of the batch, in turn."""
        rows = self.filter(pk__in=list(keys))._marked_for(user).for_listing()
        return rows.prefetch_related("scores__indicator").order_by("submitted_at", "pk")

    def at_own_bodies(self, user: User, on: datetime.date) -> Self:
        """That part of ``for_queue`` which waits at a body where the user sits: cheap to ask for one dossier."""
        mine = Q(pk__in=[])
        for held in roles_for(user, Action.REVIEW, on):
            mine |= _sits_at(held)
        return self.filter(mine, state="in_review")._marked_for(user)

    def with_obstacle(self) -> Self:
        """Adds ``obstacle``, the first thing that stands against going on (an Obstacle, or empty: it is ready), and
        from the body's last meeting ``vote``, what it came to, and ``met_in``, its key."""
        met = self.annotate(vote=of_last_meeting("result"), met_in=of_last_meeting("meeting"))
        return met.alias(voted_at=of_last_meeting("meeting__closed_at")).annotate(obstacle=obstacle())

    def stands(self) -> dict[int, Stand]:
        """By key, what ``with_obstacle`` adds; one query."""
        rows: Any = self.with_obstacle().values_list("pk", "obstacle", "vote", "met_in")
        return {pk: Stand(*row) for pk, *row in rows}

    def ready_for_decision(self) -> Self:
        """At the body that recognises, and nothing stands against the title."""
        return self.filter(current_step__recognises=True).with_obstacle().filter(obstacle="")

    def matching(self, text: str) -> Self:
        """By the person's name without regard to accents, or by their code."""
        if not text.strip():
            return self
        return self.filter(Q(person__folded_name__contains=fold(text)) | Q(person__code__iexact=text.strip()))

    def for_listing(self) -> Self:
        """All that a row of the queue shows; none of who asked that their data be not used for now."""
        return (
            self.filter(person__restricted_at=None)
            .select_related("person", "unit", "current_step", "current_unit", "criteria_set")
            .with_row_totals()
            .with_obstacle()
            .order_by("-year", "unit__path", "person__sort_key", "pk")
        )

    def for_own_page(self) -> Self:
        """One dossier with all that its person's page shows."""
        return self.select_related(*_PLACES).prefetch_related(
            "chain__steps",
            "scores__indicator__competency",
            "scores__evidence",
            "reviews__step",
            "reviews__unit",
            "appeals__unit",
        )

    def for_review(self) -> Self:
        """One dossier with all that its page shows: bounded queries, whatever hangs on it."""
        evidence = apps.get_model("evidence", "Evidence").objects.select_related("unit").prefetch_related("files")
        doubts = apps.get_model("dossiers", "InspectedDossier").objects.filter(finding="doubtful")
        doubts = doubts.select_related("weighed_by__person")
        return (
            self.select_related(*_PLACES)
            .with_obstacle()
            .prefetch_related(
                "chain__steps",
                Prefetch("scores__evidence", queryset=evidence),
                "scores__indicator__competency",
                "scores__changes__by__person",
                "scores__changes__step",
                "reviews__by__person",
                "reviews__step",
                "reviews__unit",
                Prefetch("inspections", queryset=doubts, to_attr="doubts"),
            )
        )

    def with_row_totals(self) -> Self:
        """Figures for the rows of one page: asked of each row that is shown, where grouping would ask them, and whose
        turn it is, of every dossier that waits."""
        return self.annotate(
            score_count=_of_scores(Count("pk")),
            self_count=_of_scores(Count("self_points")),
            reviewed_count=_of_scores(Count("reviewed_points")),
            self_total=_of_scores(Sum("self_points")),
            suggested_total=_of_scores(Sum("suggested_points")),
            reviewed_total=_of_scores(Sum("reviewed_points")),
            reviewed_least=_of_scores(Min("reviewed_points")),
        )

    def _marked_for(self, user: User) -> Self:
        is_own = Case(When(person_id=user.person_id, then=Value(True)), default=Value(False))
        judged = judged_elsewhere(OuterRef, {"by": user}, user.person_id)
        return self.annotate(
            is_own=is_own,
            has_judged=Case(When(judged, then=Value(True)), default=Value(False)),
        )

    def _with_vacancies(self, day: datetime.date) -> Self:
        steps = _steps().filter(chain=OuterRef("chain"), order__gt=OuterRef("current_step__order")).order_by("order")
        here = _who_may_act(day).filter(unit=OuterRef("current_unit"), role=OuterRef("current_step__role"))
        return self.annotate(
            next_role=Subquery(steps.values("role")[:1]),
            next_kind=Subquery(steps.values("unit_kind")[:1]),
            third_role=Subquery(steps.values("role")[1:2]),
            third_kind=Subquery(steps.values("unit_kind")[1:2]),
        ).annotate(is_vacant=~Exists(here), is_next_vacant=~Exists(_above(day, "next")))


def _above(day: datetime.date, body: str) -> models.QuerySet[Membership]:
    """Who may act at a body above, ``next`` or ``third``, as ``_with_vacancies`` names them."""
    return (
        _who_may_act(day)
        .filter(role=OuterRef(f"{body}_role"), unit__kind=OuterRef(f"{body}_kind"))
        .alias(path=ExpressionWrapper(OuterRef("current_unit__path"), output_field=CharField()))
        .filter(path__startswith=F("unit__path"))
    )


def _sits_at(held: Membership) -> Q:
    return Q(current_unit=held.unit_id, current_step__role=held.role)


def _who_may_act(day: datetime.date) -> models.QuerySet[Membership]:
    """Roles of the day, but for the dossier's own person and those who judged it in another body."""
    others = Membership.objects.on(day).exclude(person=OuterRef("person"))
    person = OuterRef("person")
    return others.exclude(judged_elsewhere(lambda name: OuterRef(OuterRef(name)), {"by__person": person}, person))


def _of_scores(figure: models.Aggregate) -> Subquery:
    scores = apps.get_model("dossiers", "IndicatorScore").objects.filter(dossier=OuterRef("pk"))
    return Subquery(scores.order_by().values("dossier").annotate(figure=figure).values("figure"))


def _steps() -> models.QuerySet[models.Model]:
    return apps.get_model("dossiers", "ReviewStep").objects.all()
