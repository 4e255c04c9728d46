"""A quiz as what one can be called to: a graded one, for only what is passed there becomes evidence."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, ExpressionWrapper, F, FloatField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Attempt, QuizPage
from learning.calls.registries import attempts, destinations
from learning.evidence.kinds import Kind
from membership.policy import AnyUser
from training_materials.models import CoursePage


def connect() -> None:
    destinations.register(
        destinations.Destination(
            kind="quiz",
            label=_("Quizzes"),
            offered=_offered,
            proof=lambda key: Q(kind=Kind.QUIZ_PASSED, page_key=key),
            addresses=_addresses,
        )
    )
    attempts.sources.append(_attempts)


def _attempts(course: UUID) -> attempts.Annotations:
    ended = Attempt.objects.filter(enrolment__person=OuterRef("person"), enrolment__course_key=course).exclude(
        finished_at=None
    )
    of_one = ended.order_by().values("enrolment__person")
    marked = of_one.filter(points__isnull=False, max_points__gt=0)
    percent = ExpressionWrapper(F("points") * 100.0 / F("max_points"), FloatField())
    return {
        "attempts": Coalesce(Subquery(of_one.annotate(number=Count("pk")).values("number")), 0),
        "best": Subquery(marked.annotate(best=Max(percent)).values("best")),
    }


def _offered(_user: AnyUser) -> Sequence[tuple[UUID, str]]:
    graded = QuizPage.objects.live().filter(purpose=QuizPage.Purpose.GRADED).order_by("path")
    return list(graded.values_list("translation_key", "title"))


def _addresses(keys: Collection[UUID]) -> Mapping[UUID, str]:
    quizzes = list(
        QuizPage.objects.live().filter(translation_key__in=keys).values_list("path", "translation_key", "slug")
    )
    courses = dict(
        CoursePage.objects.live()
        .filter(path__in=[path[: -CoursePage.steplen] for path, _key, _slug in quizzes])
        .values_list("path", "slug")
    )
    return {
        key: reverse("tracking:step", args=[courses[course], slug])
        for path, key, slug in quizzes
        if (course := path[: -CoursePage.steplen]) in courses
    }
