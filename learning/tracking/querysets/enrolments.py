"""How enrolments, progress and plays are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, NamedTuple, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from badges.querysets import ListedQuerySet
from learning.tracking.querysets.gathered import Gathered
from membership.models import Membership, Person
from membership.policy import Action, AnyUser, reach
from training_materials.models import CoursePage

_FOUR_PLACES = Decimal("0.0001")

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Standing(NamedTuple):
    """How someone stands in a course, by the steps' keys as text: which revision of each step they did, the best
    scores of those that have one, from 0 to 1, which steps they only began, and at which scores a person has still
    to look.

    No object for each step: a course may have hundreds, and each hand-in asks.
    """

    done: dict[str, int | None]
    scores: dict[str, Decimal]
    begun: set[str]
    doubted: set[str]


def viewed_by(user: AnyUser, whose: str = "person") -> Q:
    """Of rows about people who belong today where the user may view learning; ``whose``: what of the
    row says the person."""
    here = Membership.objects.filter(reach(user, Action.VIEW_LEARNING, "unit__"), person=OuterRef(whose))
    return Q(Exists(here.on(timezone.localdate())))


class EnrolmentQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """One's own, and those of people who belong today where one may view learning."""
        if not user.is_authenticated:
            return self.none()
        own = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
        return self.filter(own | viewed_by(user))

    def taught_by(self, user: AnyUser) -> Self:
        """Those of other people who belong today where the user may view learning."""
        if not user.is_authenticated:
            return self.none()
        others = self.exclude(person_id=user.person_id) if user.person_id else self
        return others.filter(viewed_by(user))

    def marked_by(self, user: AnyUser) -> Self:
        """Those taught, also what a merge left with the other record of a person: what waits there is still marked."""
        if not user.is_authenticated:
            return self.none()
        own, of_whose = user.person_id, self.alias(whose=Coalesce("person__merged_into", "person"))
        others = of_whose.exclude(whose=own) if own else of_whose
        return others.filter(viewed_by(user, "whose"))

    def for_today(self, person: Person) -> Self:
        """A person's courses with their progress, those visited last first."""
        latest = models.Max("steps__visited_at")
        mine = self.filter(person=person).with_course().prefetch_related("steps")
        return mine.annotate(latest=latest).order_by(models.F("latest").desc(nulls_last=True), "-enrolled_at")

    def for_player(self, person_id: int, course: CoursePage) -> Row | None:
        """The person's enrolment in the course, with its progress: two queries."""
        mine = self.filter(person_id=person_id, course_key=course.translation_key)
        enrolment: Any = mine.prefetch_related("steps").first()
        if enrolment and enrolment.course_id == course.pk:
            enrolment.course = course
        return enrolment

    def with_course(self) -> Self:
        return self.select_related("course").defer(*(f"course__{column}" for column in CoursePage.searched_columns))

    def count_stages(self, needed: Collection[UUID]) -> dict[str, int]:
        """How many of these enrolments came how far; ``needed``: keys of the steps that finish the course. Who has
        finished came through all, whatever became of the steps since.
        """
        is_done = Q(steps__completed_at__isnull=False, steps__step_key__in=needed)
        counted = self.order_by().annotate(visited=Count("steps"), done=Count("steps", filter=is_done))
        has_finished = Q(completed_at__isnull=False)
        is_halfway = Q(done__gte=max(1, (len(needed) + 1) // 2))
        return counted.aggregate(
            enrolled=Count("pk"),
            begun=Count("pk", filter=Q(visited__gt=0) | has_finished),
            halfway=Count("pk", filter=is_halfway | has_finished),
            finished=Count("pk", filter=has_finished),
        )

    def count_by_course(self, keys: Collection[UUID]) -> list[tuple[UUID, int, int]]:
        """Of each course that has any: its key, how many enrolled, and how many of them finished."""
        of_these = self.order_by().filter(course_key__in=keys).values("course_key")
        counted = of_these.annotate(enrolled=Count("pk"), finished=Count("completed_at"))
        return list(counted.values_list("course_key", "enrolled", "finished"))

    def waiting_at(self, course_key: UUID, before: Collection[UUID], step: UUID) -> Self:
        """Of the course, those that are not finished and did all steps ``before``, but not this one."""
        is_done = Q(steps__completed_at__isnull=False)
        open_ones = self.order_by().filter(course_key=course_key, completed_at=None)
        here = open_ones.alias(did=Count("steps", filter=is_done & Q(steps__step_key=step))).filter(did=0)
        if not before:
            return here
        done = Count("steps", filter=is_done & Q(steps__step_key__in=before))
        return here.alias(done_before=done).filter(done_before=len(before))

    def taken_by_both(self, duplicate: Person, into: Person) -> list[tuple[Any, Any]]:
        """Of each course that both took the enrolment of the duplicate, and that which stays."""
        enrolments: Any = self
        held = {staying.course_key: staying for staying in enrolments.filter(person=into)}
        theirs = enrolments.filter(person=duplicate, course_key__in=held)
        return [(enrolment, held[enrolment.course_key]) for enrolment in theirs]

    def unmet_prerequisites(self, person_id: int, course: CoursePage) -> models.QuerySet[CoursePage]:
        """Published courses that come before this one and that the person has not finished."""
        links = CoursePage.prerequisites.through.objects.filter(from_coursepage_id=course.pk)
        finished = self.filter(person_id=person_id, completed_at__isnull=False).values("course_key")
        before = CoursePage.objects.live().filter(pk__in=links.values("to_coursepage_id"))
        return before.exclude(translation_key__in=finished).defer(*CoursePage.searched_columns)


class CourseCertificateQuerySet(ListedQuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """One's own, also of a record merged into one's own, and those whose learning one may view."""
        enrolments = apps.get_model("tracking", "Enrolment").objects
        seen = Q(enrolment__in=enrolments.visible_to(user).values("pk"))
        if user.is_authenticated and user.person_id:
            seen |= Q(enrolment__person__merged_into=user.person_id)
        return self.filter(seen)

    def for_paper(self) -> Self:
        held = self.filter(enrolment__isnull=False).select_related(
            "enrolment__person__merged_into", "enrolment__course"
        )
        return held.defer(*(f"enrolment__course__{column}" for column in CoursePage.searched_columns))

    def for_everybody(self) -> Self:
        """For the public page. Of who withdrew their consent what was recorded stays closed: their codes lead
        nowhere."""
        open_to_all = {"enrolment__person__withdrawn_at": None, "enrolment__person__merged_into__withdrawn_at": None}
        return self.for_paper().filter(**open_to_all)


class StepProgressQuerySet(models.QuerySet[Row]):
    def count_done(self, enrolments: models.QuerySet[Any]) -> dict[UUID, int]:
        """How many of these enrolments have finished each step, by the step's key."""
        done = self.filter(enrolment__in=enrolments.order_by(), completed_at__isnull=False)
        return dict(done.order_by().values_list("step_key").annotate(count=Count("pk")))

    def standing_in(self, enrolment: models.Model) -> Standing:
        is_done = Q(completed_at__isnull=False)
        columns = ("step_key", is_done, "revision", "score", "is_doubted")
        gathered = self.filter(enrolment=enrolment).aggregate(rows=Gathered(*columns))
        standing = Standing({}, {}, set(), set())
        for key, done, revision, score, is_doubted in gathered["rows"] or ():
            if not done:
                standing.begun.add(_key_text(key))
                continue
            standing.done[_key_text(key)] = revision
            if score is not None:
                standing.scores[_key_text(key)] = _exact(score)
            if is_doubted:
                standing.doubted.add(_key_text(key))
        return standing


def suggested_courses(person: Person, group: str, limit: int = 3) -> list[CoursePage]:
    """Published courses for the person's group, or for everyone, that they have not taken up."""
    taken = person.enrolments.values("course_key")
    fitting = CoursePage.objects.live().public().filter(audience__in=["everyone", group])
    return list(fitting.exclude(translation_key__in=taken).defer(*CoursePage.searched_columns).order_by("path")[:limit])


def step_keys_of(courses: Iterable[CoursePage]) -> dict[str, set[UUID]]:
    """The live steps of many courses by the course's path, in one query."""
    within = Q(pk__in=[])
    for course in courses:
        within |= Q(path__startswith=course.path, depth=course.depth + 1)
    keys: dict[str, set[UUID]] = {}
    for path, key in Page.objects.live().filter(within).values_list("path", "translation_key"):
        keys.setdefault(path[: -Page.steplen], set()).add(key)
    return keys


class PlayQuerySet(models.QuerySet[Row]):
    def of(self, user: AnyUser) -> Self:
        """One's own: nobody else opens or continues a play."""
        person_id = user.person_id if user.is_authenticated else None
        return self.filter(enrolment__person_id=person_id) if person_id else self.none()

    def for_player(self, enrolment: models.Model, activity_key: UUID) -> list[Row]:
        """What one did with this activity so far, the latest first: two queries."""
        mine = self.filter(enrolment=enrolment, activity_key=activity_key)
        return list(mine.prefetch_related("results"))


def _key_text(key: str) -> str:
    """SQLite keeps it without hyphens."""
    return key if "-" in key else str(UUID(key))


def _exact(score: float) -> Decimal:
    return Decimal(str(score)).quantize(_FOUR_PLACES)
