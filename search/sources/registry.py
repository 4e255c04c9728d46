"""The kinds of things that can be found."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Description:
    """All that the search knows of one published thing.

    ``conditions``: who may find it, see ``search.scopes``; none: everybody. ``files``: keys of Wagtail documents whose
    text belongs to it. ``beside`` leads to it, and is shown only where nothing else says why.
    """

    kind: str
    url: str
    title: str
    summary: str = ""
    body: str = ""
    beside: str = ""
    files: Sequence[int] = ()
    conditions: Sequence[str] = ()
    path: str = ""
    type: str = ""
    topics: Sequence[str] = ()
    audiences: Sequence[str] = ()
    issuing_body: str = ""
    document_number: str = ""
    date: datetime.date | None = None
    minutes: int = 0
    language: str = "vi"
    popularity: int = 0


@dataclass(frozen=True)
class Source:
    """``describe`` answers None for what nobody may find: drafts, and what a password closes.

    ``beneath``: of what is no page but hangs on pages, the objects that hang at or under a place in the page tree.
    """

    name: str
    model: type[Model]
    describe: Callable[[Any], Description | None]
    beneath: Callable[[str], Iterable[object]] | None = None

    def key_of(self, object_id: object) -> str:
        return f"{self.name}:{object_id}"

    def read(self, object_id: object) -> Description | None:
        found = self.model._default_manager.filter(pk=object_id).first()
        return self.describe(found) if found else None


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Adds it, or puts it in the place of one of the same name."""
    _sources[source.name] = source
    return source


def all_sources() -> list[Source]:
    return list(_sources.values())


def source_named(name: str) -> Source | None:
    return _sources.get(name)


def source_for(model: type[Model]) -> Source | None:
    return next((source for source in _sources.values() if source.model is model), None)
