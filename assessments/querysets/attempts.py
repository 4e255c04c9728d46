"""How attempts are read, and what stands beside them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from django.db import models
from django.db.models import Count, Q, Value

from assessments.kinds import marked_by_trainers
from assessments.rules.quiz import LATE_WINDOW
from learning.tracking.models import Enrolment
from learning.tracking.querysets.gathered import Gathered
from membership.models import User
from membership.policy import AnyUser

Row = TypeVar("Row", bound=models.Model, covariant=True)


class AttemptQuerySet(models.QuerySet[Row]):
    def of(self, user: User) -> Self:
        """The user's own attempts: nobody else may know of them."""
        return self.filter(enrolment__person_id=user.person_id) if user.person_id else self.none()

    def for_page(self) -> Self:
        """Course and quiz are shown from the course's outline: naming the columns of pages costs more than reading."""
        return self.select_related("enrolment")

    def held_for_finishing(self) -> Self:
        """As ``for_finishing``, kept from others until the transaction ends: the enrolment first, as starting does."""
        return self.consenting().for_finishing().select_for_update(of=("enrolment", "self"))

    def consenting(self) -> Self:
        """Without those of people who withdrew their consent: nothing is written about them, by no sweep either."""
        return self.filter(enrolment__person__withdrawn_at=None)

    def for_finishing(self) -> Self:
        """With what completing a step looks at in the course, which may be gone; its outline knows the quiz. And with
        the record into which the learner's was merged."""
        attempt = (field.name for field in self.model._meta.concrete_fields)
        enrolment = (f"enrolment__{column}" for column in _ENROLLED)
        course = (f"enrolment__course__{column}" for column in _COMPLETED)
        read = (*attempt, *enrolment, *course, "enrolment__person__merged_into")
        return self.select_related("enrolment__course", "enrolment__person").only(*read)

    def at_quiz(self, key: UUID) -> Self:
        """The attempts at the quiz with this translation key, first to last."""
        return self.filter(quiz_key=key).order_by("number")

    def passed_before(self, number: int) -> Self:
        """Those of the attempts at one quiz that were passed before the one with this number."""
        return self.filter(is_passed=True, number__lt=number)

    def taught_by(self, user: AnyUser) -> Self:
        """Attempts of people whose learning the user may view."""
        return self.filter(enrolment__in=Enrolment.objects.taught_by(user))

    def taking_answers(self, people: Any, at: datetime.datetime) -> list[tuple[Any, set[int]]]:
        """Those of these people to which answers may still arrive, each with the questions that it asks, by id.

        Open ones, and for a day those that the site closed.
        """
        is_open = Q(due_at=None, finished_at=None) | Q(due_at__gte=at - LATE_WINDOW)
        found = self.filter(is_open, is_settled=False, enrolment__person__in=people).order_by("pk")
        asking: Any = found.annotate(asked=Gathered("responses__version__question"))
        return [(each, set(each.asked)) for each in asking]

    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)

    def count_results(self) -> Iterable[tuple[Decimal, Decimal, bool | None, int]]:
        """Of those that are marked: points, of how many, whether that passed, and how often."""
        marked = self.exclude(points=None).filter(max_points__gt=0).order_by()
        rows: Any = marked.values_list("points", "max_points", "is_passed").annotate(count=Count("pk"))
        return rows

    def for_list(self) -> Self:
        """With all that a row of the list shows, the latest first."""
        return self.select_related("enrolment__person").prefetch_related("signals").order_by("-started_at", "-pk")

    def for_export(self) -> Self:
        """With all that their learner takes along, questions aside; those at one quiz first to last."""
        with_all = self.select_related("enrolment").prefetch_related("earlier_results", "signals")
        return with_all.order_by("started_at", "number")

    def to_watch(self) -> models.QuerySet[Row, UUID]:
        """The ids of finished attempts that were not looked at."""
        waiting = self.consenting().filter(is_watched=False, finished_at__isnull=False)
        return waiting.order_by("finished_at").values_list("pk", flat=True)

    def that_asked(self, version_id: int) -> models.QuerySet[Row, UUID]:
        """The ids of finished attempts with this version of a question."""
        asked = self.consenting().filter(responses__version=version_id, finished_at__isnull=False)
        return asked.values_list("pk", flat=True)

    def with_corrected_key(self, person_ids: list[int]) -> models.QuerySet[Row, UUID]:
        """The ids of these people's finished attempts in which the key of a question was corrected."""
        asked = self.consenting().filter(enrolment__person__in=person_ids, finished_at__isnull=False)
        return asked.filter(responses__version__correction__isnull=False).values_list("pk", flat=True).distinct()


class ResponseQuerySet(models.QuerySet[Row]):
    def for_page(self) -> Self:
        """Without their versions, which ``assessments.versions`` keeps."""
        return self.order_by("position")

    def for_answering(self, attempt_id: UUID, user: User) -> Self:
        """What saving answers needs. The kind of question is known from its version, which is kept in memory."""
        return (
            self.filter(attempt_id=attempt_id, attempt__enrolment__person_id=user.person_id or 0)
            .select_related("attempt")
            .only(*(field.name for field in self.model._meta.concrete_fields), *_ANSWERED)
        )

    def markable_by(self, user: AnyUser) -> Self:
        """Answers of kinds that trainers mark, handed in by learners whom the user teaches."""
        taught = self.filter(is_closed=True, attempt__enrolment__in=Enrolment.objects.marked_by(user))
        taught = taught.filter(attempt__enrolment__person__withdrawn_at=None)
        return taught.filter(version__kind__in=marked_by_trainers()).exclude(answer=_NOTHING)

    def waiting_for(self, user: AnyUser) -> Self:
        """Those that this trainer may mark and nobody has."""
        return self.markable_by(user).filter(points=None)

    def for_waiting(self) -> Self:
        """With what a list of waiting answers shows, the longest waiting first."""
        return self.select_related("version", "attempt__enrolment__person").order_by("attempt__finished_at", "pk")

    def asked_in(self, question: Any) -> list[tuple[str, int]]:
        """Titles of the quizzes whose attempts asked the question, and in how many."""
        rows = self.filter(version__question=question).values_list("attempt__quiz_title")
        return list(rows.annotate(count=Count("pk")).order_by("-count"))

    def handed_in_to(self, version: models.Model) -> Self:
        return self.filter(version=version, is_closed=True)

    def for_marking(self) -> Self:
        """With the topic of each question, and the version whose key counts if that was corrected."""
        return self.order_by("position").annotate(
            topic_slug=models.F("version__question__topic__slug"),
            corrected_id=models.F("version__correction__corrected_id"),
        )


_ENROLLED = ("person_id", "course_id", "course_title", "course_key", "course_revision", "completed_at")


_COMPLETED = ("path", "depth", "title", "slug", "url_path", "live", "live_revision_id")


_NOTHING = Value(None, models.JSONField())  # null as an answer is stored, not an absent one


_ANSWERED = ("attempt__finished_at", "attempt__due_at", "attempt__started_at", "attempt__is_settled")


class SignalQuerySet(models.QuerySet[Row]):
    def open(self) -> Self:
        """What nobody has looked at yet."""
        return self.filter(cleared_at=None)

    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(attempt__enrolment__in=Enrolment.objects.taught_by(user))

    def for_list(self) -> Self:
        """Open ones first, the latest first."""
        rows = self.select_related("attempt__enrolment__person", "cleared_by__person")
        return rows.order_by(models.F("cleared_at").asc(nulls_first=True), "-noticed_at", "-pk")


class ExtraTimeQuerySet(models.QuerySet[Row]):
    def percent_for(self, person_id: int) -> int:
        """0 for who has no more time than others."""
        return self.filter(person_id=person_id).values_list("percent", flat=True).first() or 0


class WrittenMarkQuerySet(models.QuerySet[Row]):
    def latest_of(self, responses: Iterable[Any]) -> dict[int, Row]:
        """By the response's id, of those that a trainer has marked; no query if there are none."""
        marked = [response.pk for response in responses if response.marks is not None]
        if not marked:
            return {}
        rows = self.filter(response_id__in=marked).select_related("marked_by__person").order_by("number")
        return {row.response_id: row for row in cast("Iterable[Any]", rows)}
