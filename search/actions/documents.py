"""The row of each document, brought to what its source says now."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction

from evaluation.criteria.models import CriteriaSet
from interface.vietnamese import storable
from search.actions.outbox import note
from search.contract import AUDIENCE, INDICATOR, ISSUER, KIND, LENGTH, TOPIC, TYPE, YEAR, Document, scope_of
from search.extraction import is_readable
from search.language import document_keys
from search.models import FileText, SearchDocument
from search.sources import Description, source_named

_LENGTHS = (5, 15, 30, 60)
_LONGER = "dai"
# What a document says as its source does.
_SAME = ("kind", "path", "url", "summary", "body", "beside", "language", "document_number", "minutes", "date",
         "popularity")  # fmt: skip


@dataclass
class Refreshed:
    """What came of it: documents that are new or changed, keys that are gone, files to be read."""

    changed: list[SearchDocument] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    files: list[int] = field(default_factory=list)


def refresh(keys: Iterable[str], *, at: datetime.datetime) -> Refreshed:
    """Reads each source anew. What says the same as before is left alone. Gone documents still stand: ``forget``."""
    result = Refreshed()
    for key in keys:
        name, _, object_id = key.partition(":")
        source = source_named(name)
        described = source.read(object_id) if source else None
        kept = SearchDocument.objects.filter(key=key).first()
        if described is None:
            result.gone += [key] if kept else []
            continue
        texts, readable = _files(described)
        result.files += [text.file_id for text in readable if text.state == FileText.State.WAITING]
        values = _values(described, readable, at)
        written = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
        values["fingerprint"] = hashlib.sha256(written.encode()).hexdigest()
        if kept and kept.fingerprint == values["fingerprint"]:
            continue
        document = SearchDocument(pk=kept.pk if kept else None, key=key, object_id=object_id, indexed_at=at, **values)
        document.save()
        document.attached.set(texts)
        result.changed.append(document)
    return result


def forget(keys: Sequence[str]) -> None:
    SearchDocument.objects.filter(key__in=keys).delete()


def for_engine(document: SearchDocument) -> Document:
    held = {each.name: getattr(document, each.name) for each in fields(Document)}
    return Document(**held | {"numbers": tuple(document.numbers)})


@transaction.atomic
def keep_text(*, file_id: int, digest: str, text: str, reason: str, at: datetime.datetime) -> None:
    """Keeps what was read of this content, or why nothing was, and has the documents refreshed that hold the file."""
    FileText.objects.filter(file_id=file_id).update(
        digest=digest,
        state=FileText.State.UNREADABLE if reason else FileText.State.READ,
        text=storable(text),  # PDFs are full of what no database keeps
        reason=reason,
        read_at=at,
    )
    note([f"file:{file_id}"])


def indicators_of(topics: Iterable[str], day: datetime.date) -> list[int]:
    """Numbers of the indicators for which evidence on any of these topics counts, in any set in force that day."""
    slugs = [slug for slug in topics if slug]
    if not slugs:
        return []
    numbers = CriteriaSet.objects.in_force(day).filter(indicators__rules__topic__in=slugs)
    return sorted(set(numbers.values_list("indicators__number", flat=True)))


def _values(described: Description, texts: Sequence[FileText], at: datetime.datetime) -> dict[str, Any]:
    return {name: getattr(described, name) for name in _SAME} | {
        "scope": scope_of(described.conditions),
        "title": described.title[:300],
        "files": "\n".join(file.text for file in texts if file.text),
        "numbers": document_keys(described.document_number, described.date.year if described.date else None),
        "facets": _facets(described, timezone.localtime(at).date()),
    }


def _facets(described: Description, day: datetime.date) -> dict[str, list[str]]:
    facets = {
        KIND: [described.kind],
        TYPE: [described.type],
        TOPIC: list(described.topics),
        AUDIENCE: list(described.audiences),
        INDICATOR: [str(number) for number in indicators_of(described.topics, day)],
        YEAR: [str(described.date.year)] if described.date else [],
        ISSUER: [described.issuing_body],
        LENGTH: [_length(described.minutes)],
    }
    held = {name: [value for value in values if value] for name, values in facets.items()}
    return {name: values for name, values in held.items() if values}


def _length(minutes: int) -> str:
    if not minutes:
        return ""
    return next((str(most) for most in _LENGTHS if minutes <= most), _LONGER)


def _files(described: Description) -> tuple[list[FileText], list[FileText]]:
    """The texts of its files, those still to be read included; and those that may be read by who reads the thing:
    what lies in a closed collection stays there."""
    found, readable = [], []
    for file in get_document_model().objects.filter(pk__in=described.files).select_related("collection").order_by("pk"):
        if not is_readable(file.file_extension):
            continue
        text, _is_new = FileText.objects.get_or_create(file=file)
        if text.digest != file.get_file_hash():
            text.state = FileText.State.WAITING
        found.append(text)
        if not _is_closed(file):
            readable.append(text)
    return found, readable


def _is_closed(file: Any) -> bool:
    path = file.collection.path
    above = [path[:end] for end in range(4, len(path) + 1, 4)]
    return CollectionViewRestriction.objects.filter(collection__path__in=above).exists()
