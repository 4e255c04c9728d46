"""A course that changes may leave learners with nothing open: a task looks. A person who is erased learned nothing."""

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from learning.tracking.actions import erase_goals, erase_learning, erase_records
from learning.tracking.tasks import settle_course, settle_people
from membership.signals import agreed_again, person_erased
from training_materials.models import CoursePage, StepPage


def connect() -> None:
    person_erased.connect(_erase_learning, dispatch_uid="learning.tracking.erase")
    agreed_again.connect(_settle_people_later, dispatch_uid="learning.tracking.settle_people")
    for signal in (page_published, page_unpublished):
        signal.connect(_settle_later, dispatch_uid="learning.tracking.settle")


def _settle_later(sender: type[Page], instance: Page, **_said: Any) -> None:
    if issubclass(sender, StepPage):
        course_path = instance.path[: -instance.steplen]
    elif issubclass(sender, CoursePage):
        course_path = instance.path
    else:
        return
    transaction.on_commit(partial(settle_course.enqueue, course_path))


def _settle_people_later(sender: Any, person_ids: list[int], **_said: Any) -> None:
    transaction.on_commit(partial(settle_people.enqueue, person_ids))


def _erase_learning(sender: Any, person_ids: list[int], **said: Any) -> None:
    erase_records(person_ids=person_ids, at=said["at"])
    erase_learning(person_ids=person_ids)
    erase_goals(person_ids)
