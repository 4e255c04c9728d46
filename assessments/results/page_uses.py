"""What of assessments refers to pages that a trainer is about to delete. None of it is taken away."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import ngettext

from assessments.models import Attempt
from training_materials.registries.page_uses import Dependants, register


def connect() -> None:
    register(attempts)


def attempts(keys: Collection[UUID]) -> Dependants:
    count = Attempt.objects.filter(quiz_key__in=keys).count()
    return Dependants(
        count, ngettext("%(count)d attempt at a quiz", "%(count)d attempts at quizzes", count) % {"count": count}
    )
