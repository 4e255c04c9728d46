"""How the question bank and the quizzes that ask it are read."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from wagtail.query import PageQuerySet

from assessments.rules.draws import Asking, Group
from assessments.rules.quiz import QuizRules
from interface.vietnamese import fold
from learning.tracking.querysets.gathered import Gathered

Row = TypeVar("Row", bound=models.Model, covariant=True)


class QuestionQuerySet(models.QuerySet[Row]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).exclude(current=None)

    def for_bank(self) -> Self:
        """With all that a row of the bank shows; ``asked_count`` says in how many attempts it was asked."""
        return (
            self.select_related("topic", "current", "pool__course")
            .annotate(asked_count=Count("versions__responses"))
            .order_by("topic__name", "slug")
        )

    def matching(self, text: str) -> Self:
        """Questions that hold every word, accents or not."""
        found = self
        for word in fold(text).split():
            found = found.filter(folded_text__contains=word)
        return found

    def group_sizes(self) -> Counter[Group]:
        """How many questions in use each topic, difficulty, target group and pool has together."""
        rows = self.in_use().values_list(*_GROUP).annotate(count=Count("pk")).order_by()
        return Counter({Group(*group): count for *group, count in rows})

    def groups(self) -> dict[int, Group]:
        """Of questions in use, by id."""
        return {pk: Group(*group) for pk, *group in self.in_use().order_by("pk").values_list("pk", *_GROUP)}

    def prompts(self, ids: Iterable[int]) -> dict[int, str]:
        """What these ask, by id."""
        return dict(self.filter(pk__in=list(ids)).order_by("pk").values_list("pk", "current__prompt"))

    def asked_by(self, quizzes: QuizPageQuerySet) -> Self:
        """The questions in use that any of the quizzes may ask."""
        draws = _related(quizzes, "draws").filter(quiz__in=quizzes).annotate(source=Coalesce("pool_id", 0))
        fitting = draws.filter(
            Q(topic=None) | Q(topic=OuterRef("topic")),
            Q(difficulty="") | Q(difficulty=OuterRef("difficulty")),
            Q(audience="") | Q(audience=OuterRef("audience")),
            source=Coalesce(OuterRef("pool_id"), 0),
        )
        picks = _related(quizzes, "picks").filter(quiz__in=quizzes)
        return self.in_use().filter(Exists(fitting) | Q(pk__in=picks.values("question")))

    def drawable(self, without: Iterable[int] = ()) -> dict[Group, list[int]]:
        """The versions that may be asked, by their groups, always in the same order."""
        rows = self.in_use().exclude(pk__in=list(without)).values_list(*_GROUP).order_by()
        return {Group(*group): sorted(ids) for *group, ids in rows.annotate(ids=Gathered("current_id"))}

    def for_export(self, topic_id: int | None) -> Self:
        """The questions in use, of one topic or all, one topic after the other."""
        found = self.in_use() if topic_id is None else self.in_use().filter(topic_id=topic_id)
        return found.select_related("topic", "current").order_by("topic__slug", "slug")


class QuestionVersionQuerySet(models.QuerySet[Row]):
    def for_history(self) -> Self:
        """The newest first, each with its writer and in how many attempts it was asked (``asked_count``)."""
        counted = self.annotate(asked_count=Count("responses"))
        return counted.select_related("created_by__person").order_by("-number")

    def with_keys(self) -> Self:
        """Each with the version in use and with the one by whose key its answers are marked, if that was corrected."""
        return self.select_related("question__current", "correction__corrected")

    def media_names(self) -> set[str]:
        """Of all pictures and sounds that any version ever named."""
        return {each["name"] for media in self.exclude(media=[]).values_list("media", flat=True) for each in media}


class QuizPageQuerySet(PageQuerySet):
    def rules_of(self, quiz_id: int) -> QuizRules:
        return QuizRules(*self.values_list(*_RULES).get(pk=quiz_id))

    def rules_by_id(self, ids: Iterable[int]) -> dict[int, QuizRules]:
        return {pk: QuizRules(*rules) for pk, *rules in self.filter(pk__in=ids).values_list("pk", *_RULES)}

    def of_practice(self, at: datetime.datetime) -> Self:
        """Published practice that has opened."""
        return self.live().filter(Q(opens_at=None) | Q(opens_at__lte=at), purpose="practice")

    def that_may_ask(self, question: Any) -> Self:
        """None for a question that is out of use."""
        if question.current_id is None or question.retired_at is not None:
            return self.none()
        fitting = _related(self, "draws").fitting(question)
        picked = _related(self, "picks").filter(question=question)
        return self.filter(Q(pk__in=fitting.values("quiz")) | Q(pk__in=picked.values("quiz")))

    def askings(self) -> dict[tuple[str, int], Asking]:
        """What each of them asks, by its title and id: three queries."""
        found = {(title, pk): Asking([], {}) for pk, title in self.order_by("title", "pk").values_list("pk", "title")}
        named = {pk: asking for (_title, pk), asking in found.items()}
        draws = _related(self, "draws").filter(quiz__in=named).order_by("sort_order", "pk")
        for draw in draws:
            named[draw.quiz_id].draws.append(draw.plain)
        picks = _related(self, "picks").filter(quiz__in=named).select_related("question").order_by("sort_order", "pk")
        for pick in picks:
            named[pick.quiz_id].picks[pick.question_id] = pick.question.group
        return found


class QuizDrawQuerySet(models.QuerySet[Row]):
    def fitting(self, question: Any) -> Self:
        """Those that may ask the question."""
        of_topic = self.filter(Q(topic=None) | Q(topic=question.topic_id), pool=question.pool_id)
        return of_topic.filter(difficulty__in=["", question.difficulty], audience__in=["", question.audience])


class PoolQuerySet(models.QuerySet[Row]):
    def for_course(self, course: Any) -> Self:
        """Each with how many questions it has in use (``question_count``), in how many draws it stands."""
        in_use = Q(questions__retired_at=None, questions__current__isnull=False)
        counted = self.filter(course=course).annotate(
            question_count=Count("questions", filter=in_use, distinct=True),
            draw_count=Count("draws", distinct=True),
        )
        return counted.order_by("name")

    def for_choosing(self) -> Self:
        """By course and name."""
        return self.select_related("course").order_by(F("course__title").asc(nulls_last=True), "name")


def _related(quizzes: Any, name: str) -> Any:
    """All rows of what stands in quizzes: their draws, or their picks."""
    return quizzes.model._meta.get_field(name).related_model._default_manager.all()


_RULES = ("attempts_allowed", "wait_minutes", "time_limit_minutes", "opens_at", "closes_at")
_GROUP = ("topic_id", "difficulty", "audience", "pool_id")
