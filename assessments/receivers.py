"""What this app does where others ask or tell: of who is erased nothing is left, and pages say what goes on."""

from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import pre_save
from django.utils.translation import ngettext

from assessments.actions import erase_attempts, keep_to_own_pools
from assessments.models import Attempt, Question, QuizPage
from assessments.sitting.placement import closed_by_placement
from assessments.tasks import regrade_people
from learning.tracking.registries import gates
from membership.signals import agreed_again, person_erased
from training_materials.registries import page_uses


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="assessments.erase")
    agreed_again.connect(_regrade_later, dispatch_uid="assessments.regrade_people")
    pre_save.connect(_keep_to_own_pools, sender=QuizPage, dispatch_uid="assessments.own_pools")
    gates.register(closed_by_placement)
    page_uses.register(_attempts)
    page_uses.register(_questions)


def _erase(sender: Any, person_ids: list[int], **_said: Any) -> None:
    erase_attempts(person_ids=person_ids)


def _regrade_later(sender: Any, person_ids: list[int], **_said: Any) -> None:
    transaction.on_commit(partial(regrade_people.enqueue, person_ids))


def _keep_to_own_pools(sender: Any, instance: QuizPage, raw: bool, **said: Any) -> None:
    """Of a draft its form says it, where somebody can choose anew."""
    if instance.live and not raw and said["update_fields"] is None:
        keep_to_own_pools(instance)


def _attempts(keys: Collection[UUID]) -> page_uses.Dependants:
    """Of pages that a trainer is about to delete. None is taken away."""
    count = Attempt.objects.filter(quiz_key__in=keys).count()
    words = ngettext("%(count)d attempt at a quiz", "%(count)d attempts at quizzes", count)
    return page_uses.Dependants(count, words % {"count": count})


def _questions(keys: Collection[UUID]) -> page_uses.Dependants:
    """In the pools of courses that a trainer is about to delete: they stay, and no quiz draws them."""
    count = Question.objects.filter(pool__course__translation_key__in=keys).count()
    words = ngettext("%(count)d question in its pools", "%(count)d questions in its pools", count)
    return page_uses.Dependants(count, words % {"count": count})
