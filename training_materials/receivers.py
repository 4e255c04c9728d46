"""A course's outline is built anew after whatever changes the course or one of its steps is committed. What was made
of an activity stops playing with it.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, unpublished

from training_materials.actions import carry_out_outline, withdraw_activity
from training_materials.blocks.bodies import forget_bodies
from training_materials.models import CoursePage, OwnActivity, Package
from training_materials.outlines import outline
from training_materials.querysets.packages import pages_with
from training_materials.querysets.pages import RESTRICTED_PATHS
from training_materials.tasks import prepare_cover, prepare_portrait
from work import kept


def connect() -> None:
    page_published.connect(_forget_outline, dispatch_uid="training_materials.outline.published")
    page_published.connect(_carry_out_outline, sender=CoursePage, dispatch_uid="training_materials.order")
    page_published.connect(_prepare_pictures, dispatch_uid="training_materials.cover")
    page_unpublished.connect(_forget_outline, dispatch_uid="training_materials.outline.unpublished")
    page_slug_changed.connect(_forget_outline, dispatch_uid="training_materials.outline.slug")
    post_page_move.connect(_forget_moved, dispatch_uid="training_materials.outline.moved")
    post_delete.connect(_forget_outline, sender=Page, dispatch_uid="training_materials.outline.deleted")
    for signal in (post_save, post_delete):
        signal.connect(_forget_restrictions, sender=PageViewRestriction, dispatch_uid="training_materials.privacy")
    post_page_move.connect(_forget_restrictions, dispatch_uid="training_materials.privacy.moved")
    unpublished.connect(_withdraw, dispatch_uid="training_materials.activity.unpublished")
    for changed in (post_save, pre_delete):
        changed.connect(_forget_bodies, sender=Package, dispatch_uid="training_materials.bodies")
    for activity in OwnActivity.__subclasses__():
        post_delete.connect(_withdraw, sender=activity, dispatch_uid="training_materials.activity.deleted")


def _forget_outline(instance: Page, **kwargs: Any) -> None:
    _forget_at(instance.path)


def _carry_out_outline(instance: CoursePage, revision: Revision, **kwargs: Any) -> None:
    carry_out_outline(course=instance, by=revision.user)


def _prepare_pictures(instance: Page, **kwargs: Any) -> None:
    for field, task in (("cover_id", prepare_cover), ("portrait_id", prepare_portrait)):
        if image_id := getattr(instance, field, None):
            transaction.on_commit(partial(task.enqueue, image_id))


def _forget_moved(**kwargs: Any) -> None:
    for parent in (kwargs.get("parent_page_before"), kwargs.get("parent_page_after")):
        if parent:
            _forget_at(parent.path)
    _forget_at(kwargs["instance"].path)


def _forget_restrictions(**kwargs: Any) -> None:
    transaction.on_commit(lambda: kept.forget(RESTRICTED_PATHS))


def _forget_bodies(instance: Package, **kwargs: Any) -> None:
    """Also before a content goes: afterwards nothing says which pages played it."""
    transaction.on_commit(partial(forget_bodies, list(pages_with(instance))))


def _withdraw(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, OwnActivity):
        withdraw_activity(activity=instance, at=timezone.now())


def _forget_at(path: str) -> None:
    """The course at this path, or the course right above or beneath it: titles and addresses pass down."""
    courses = CoursePage.objects.filter(path__startswith=path) | CoursePage.objects.filter(path=path[: -Page.steplen])
    for course_id in courses.values_list("pk", flat=True):
        transaction.on_commit(partial(outline.renew, course_id))
