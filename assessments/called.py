"""A quiz as what one can be called to: a graded one, for only what is passed there becomes evidence."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import QuizPage
from learning.calls.registries import destinations
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
