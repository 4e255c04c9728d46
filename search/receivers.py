"""What makes the index follow: publishing, moving, deleting, restrictions, files, topics, rules. They only note it.

What waits in the outbox is carried out about a second later, once for many changes. The first change of a second asks
for a task after that second, the others see that it was asked for. The task starts after all of them are committed, so
none is missed; what fails is tried again by ``search.periodic``.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from assessments.models import Question
from assessments.signals import questions_written
from evaluation.criteria.models import CriteriaSet, EvidenceRule
from search import actions
from search.models import SearchDocument
from search.sources import all_sources, source_for
from search.tasks import carry_out
from training_materials.models import Topic
from work.queue import enqueue_once

_UID = "search.follow"


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_page, dispatch_uid=f"{_UID}.page")
    post_delete.connect(_deleted, sender=Page, dispatch_uid=f"{_UID}.deleted")
    file_model = get_document_model()
    for signal in (post_save, post_delete):
        signal.connect(_restriction, sender=PageViewRestriction, dispatch_uid=f"{_UID}.restriction")
        for model in (Collection, CollectionViewRestriction):
            signal.connect(_files, sender=model, dispatch_uid=f"{_UID}.files")
        for model in (Topic, EvidenceRule, CriteriaSet):
            signal.connect(_everything, sender=model, dispatch_uid=f"{_UID}.everything")
    m2m_changed.connect(_restriction, sender=PageViewRestriction.groups.through, dispatch_uid=f"{_UID}.groups")
    post_save.connect(_file, sender=file_model, dispatch_uid=f"{_UID}.file")
    pre_delete.connect(_file_going, sender=file_model, dispatch_uid=f"{_UID}.file-going")
    questions_written.connect(_questions, dispatch_uid=f"{_UID}.questions")
    for source in all_sources():
        if not issubclass(source.model, Page):
            follow_model(source.model)


def follow_model(model: type[Model]) -> None:
    """For sources that are not pages: whatever saves or deletes one is followed."""
    for signal in (post_save, post_delete):
        signal.connect(_object, sender=model, dispatch_uid=f"{_UID}.object")


def follow(*subjects: str) -> None:
    """Notes what has changed, in the transaction of the change, and has it carried out after that."""
    actions.note(subjects)
    transaction.on_commit(follow_soon)


def follow_soon() -> None:
    enqueue_once(carry_out, within=datetime.timedelta(seconds=1))


def _page(instance: Page, **_said: Any) -> None:
    follow(f"tree:{instance.path}")


def _deleted(instance: Page, **_said: Any) -> None:
    """By name, as no tree tells any more where it stood; and what hung on it by where it stood."""
    source = source_for(instance.cached_content_type.model_class())
    if source:
        follow(f"key:{source.key_of(instance.pk)}", f"tree:{instance.path}")


def _restriction(instance: Any, **_said: Any) -> None:
    if isinstance(instance, PageViewRestriction):
        follow(f"tree:{instance.page.path}")


def _file(instance: Any, **_said: Any) -> None:
    follow(f"file:{instance.pk}")


def _file_going(instance: Any, **_said: Any) -> None:
    """By name, as the link between the document and the file goes with it."""
    keys = SearchDocument.objects.filter(attached=instance.pk).values_list("key", flat=True)
    follow(*(f"key:{key}" for key in keys))


def _files(**_said: Any) -> None:
    """Which files may be read has changed."""
    follow("files:")


def _everything(**_said: Any) -> None:
    follow("all:")


def _questions(question_ids: list[int], **_said: Any) -> None:
    source = source_for(Question)
    if source:
        follow(*(f"key:{source.key_of(pk)}" for pk in question_ids))


def _object(instance: Model, **_said: Any) -> None:
    source = source_for(type(instance))
    if source:
        follow(f"key:{source.key_of(instance.pk)}")
