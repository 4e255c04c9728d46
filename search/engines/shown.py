"""What is shown of the documents that an engine found: the same for every engine, read from the site's database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Substr

from search.contract import Hit, Place, SearchRequest, Suggestion
from search.models import SearchDocument
from search.queries.extracts import Piece, Sought, extract, marked

# An extract is looked for in so much of a text.
_LOOKED_THROUGH = 20_000


def hits(found: Sequence[tuple[int, float]], request: SearchRequest) -> list[Hit]:
    """The documents with these ids and scores, in this order; what is gone in between is left out."""
    documents = _documents().in_bulk([pk for pk, _score in found])
    sought = _sought(request)
    return [_hit(documents[pk], points, request, sought) for pk, points in found if pk in documents]


def suggestions(ids: Sequence[int]) -> list[Suggestion]:
    documents = SearchDocument.objects.only("title", "url", "kind", "key").in_bulk(ids)
    found = [documents[pk] for pk in ids if pk in documents]
    return [Suggestion(title=one.title, url=one.url, kind=one.kind, key=one.key) for one in found]


def _documents() -> Any:
    """Without what is long and never shown."""
    starts = {f"{name}_start": Substr(name, 1, _LOOKED_THROUGH) for name in ("body", "files")}
    return SearchDocument.objects.annotate(**starts).defer("body", "files", "numbers")


def _hit(document: Any, points: float, request: SearchRequest, sought: Sought) -> Hit:
    title, summary = [Piece(document.title, is_hit=False)], [Piece(document.summary, is_hit=False)]
    text, place = list[Piece](), Place.TEXT
    if request.want_extracts:
        title, summary = (marked(part, sought) for part in (document.title, document.summary))
        if not _has_hit(summary):
            text, place = _extract(document, sought, has_hit_above=_has_hit(title))
    return Hit(
        key=document.key,
        score=points,
        url=document.url,
        kind=document.kind,
        title=title,
        summary=summary,
        extract=text,
        facets=document.facets,
        document_number=document.document_number,
        minutes=document.minutes,
        date=document.date,
        place=place,
    )


def _extract(document: Any, sought: Sought, *, has_hit_above: bool) -> tuple[list[Piece], Place]:
    """From where the words stand; what is shown nowhere else must say why it was found."""
    if found := extract(document.body_start, sought):
        return found, Place.TEXT
    if document.files_start and (found := extract(document.files_start, sought)):
        return found, Place.FILE
    return ([] if has_hit_above else extract(document.beside, sought)), Place.BESIDE


def _has_hit(pieces: Sequence[Piece]) -> bool:
    return any(piece.is_hit for piece in pieces)


def _sought(request: SearchRequest) -> Sought:
    """What is to be marked: the words that must occur, those with the tones asked for before the others."""
    asked = [one for clause in request.clauses if clause.is_required for one in clause.alternatives]
    asked = asked or [one for clause in request.clauses for one in clause.alternatives]
    return Sought(
        toned=tuple(tuple(one.term.split()) for one in asked if one.is_toned),
        folded=tuple(tuple(one.term.split()) for one in asked if not one.is_toned and not one.is_prefix),
        beginnings=tuple(one.term for one in asked if one.is_prefix and " " not in one.term),
    )
