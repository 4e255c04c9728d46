"""Pages as the search knows them. What a page type has (topics, audience, minutes, files …) is taken, what not, not."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction

from learning.tracking.models import Enrolment
from search.sources.registry import Description, Source, register
from training_materials.models import CoursePage, FoldedText, StepPage


def register_pages() -> None:
    """Each page type that keeps searched forms of its text, and each kind of step."""
    for model in apps.get_models():
        if issubclass(model, (FoldedText, StepPage)):
            register(Source(model._meta.model_name or "", model, describe))


def describe(page: Any) -> Description | None:
    """Unpublished, under something unpublished, or closed by a password: nobody finds it."""
    conditions = closing_conditions(page)
    if conditions is None:
        return None
    carrier = page.course if isinstance(page, StepPage) else page  # a step has the topics of its course
    topics = list(carrier.topics.all()) if hasattr(carrier, "topics") else []
    issuer = getattr(page, "issuing_body", "")
    number = getattr(page, "document_number", "")
    return Description(
        kind=page.search_kind,
        url=page.get_url() or "",
        title=page.title,
        summary=getattr(page, "summary", "") or page.search_description,
        body=page.searched_text() if isinstance(page, FoldedText) else getattr(page, "introduction", ""),
        beside=" · ".join(
            filter(None, [*(topic.name for topic in topics), issuer, number, *_names_of_files(page), _above(page)])
        ),
        files=_files(page),
        conditions=conditions,
        path=page.path,
        type=getattr(page, "type", ""),
        topics=[topic.slug for topic in topics],
        audiences=[carrier.audience] if hasattr(carrier, "audience") else [],
        issuing_body=issuer,
        document_number=number,
        date=_date(page),
        minutes=_minutes(page),
        popularity=_popularity(carrier),
    )


def closing_conditions(page: Page) -> list[str] | None:
    """The view restrictions on the page and above it, all of which hold; None where nobody may find it."""
    return _conditions(page) if _is_shown(page) else None


def _is_shown(page: Page) -> bool:
    """All above it are published, from the home page down."""
    return page.live and not page.get_ancestors().filter(depth__gt=1, live=False).exists()


def _conditions(page: Page) -> list[str] | None:
    """None if it takes a password."""
    found = []
    for restriction in page.get_view_restrictions().prefetch_related("groups"):
        if restriction.restriction_type == PageViewRestriction.PASSWORD:
            return None
        if restriction.restriction_type == PageViewRestriction.LOGIN:
            found.append("login")
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            found.append("groups:" + "|".join(map(str, sorted(group.pk for group in restriction.groups.all()))))
    return found


def _files(page: Any) -> list[int]:
    """The documents attached to it or standing in its text. A closed step's files are for who enrolled."""
    if isinstance(page, StepPage) and not page.is_readable_by_all:
        return []
    found = [attached.document_id for attached in page.files.all()] if hasattr(page, "files") else []
    body = getattr(page, "body", None)
    if isinstance(body, StreamValue):
        references = body.stream_block.extract_references(body)
        found += [int(pk) for model, pk, *_paths in references if issubclass(model, get_document_model())]
    return list(dict.fromkeys(found))


def _names_of_files(page: Any) -> list[str]:
    return [attached.title for attached in page.files.all()] if hasattr(page, "files") else []


def _above(page: Any) -> str:
    """A step is found by its course's name too."""
    return page.course.title if isinstance(page, StepPage) else ""


def _date(page: Any) -> datetime.date | None:
    issued: datetime.date | None = getattr(page, "issued_on", None)
    published = page.first_published_at
    return issued or (timezone.localtime(published).date() if published else None)


def _minutes(page: Any) -> int:
    if isinstance(page, CoursePage):
        return page.outline().minutes
    return getattr(page, "minutes", 0) or 0


def _popularity(carrier: Any) -> int:
    """How many enrolled: a number, of nobody in particular."""
    if not isinstance(carrier, CoursePage):
        return 0
    return Enrolment.objects.filter(course_key=carrier.translation_key).count()
