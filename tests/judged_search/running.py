"""Putting a generated library into an engine and asking it. Needs Django and a database."""

import datetime
from collections.abc import Iterable, Sequence

from django.utils import timezone

from search import contract
from search.actions.documents import for_engine
from search.contract import Engine, SearchRequest
from search.dictionary import dictionary, words_known
from search.engines.database import DatabaseEngine
from search.language import document_keys, understand
from search.models import SearchDocument
from search.queries.answers import answer as answer_of
from tests.judged_search.measures import DEPTH, Quality, quality
from tests.judged_search.papers import Paper
from tests.judged_search.queries import CLASSES, Asked

GENERATED = "paper:"
TODAY = datetime.date(2026, 11, 25)


def fill(engine: Engine, library: Sequence[Paper]) -> None:
    """Puts the library beside the site's own documents, in the place of an earlier one."""
    SearchDocument.objects.filter(key__startswith=GENERATED).delete()
    SearchDocument.objects.bulk_create([_row(paper) for paper in library], batch_size=500)
    documents = list(map(for_engine, SearchDocument.objects.all()))
    for one in {DatabaseEngine.name: DatabaseEngine(), engine.name: engine}.values():
        # The vocabulary that queries are read with is the database's for every engine.
        one.rebuild(documents, len(documents), lambda done, total: None)


def own_documents() -> dict[str, str]:
    """The keys of the site's own documents by address."""
    return dict(SearchDocument.objects.exclude(key__startswith=GENERATED).values_list("url", "key"))


def answer(engine: Engine, text: str) -> list[str]:
    """The keys of the first page, in order."""
    known = words_known(engine.vocabulary())
    understood = understand(text, known, dictionary())
    if understood.is_empty:
        return []
    given = answer_of(engine, understood, SearchRequest(today=TODAY, limit=DEPTH, want_facets=False), known)
    return [hit.key for hit in (*given.found.hits, *given.near)]


def judged(engine: Engine, asked: Iterable[Asked]) -> dict[str, Quality]:
    """The quality of each class of queries."""
    found: dict[str, list[tuple[dict[str, int], list[str]]]] = {kind: [] for kind in CLASSES}
    for one in asked:
        found[one.kind].append((one.grades, answer(engine, one.text)))
    return {kind: quality(pairs) for kind, pairs in found.items() if pairs}


def _row(paper: Paper) -> SearchDocument:
    return SearchDocument(
        key=paper.key,
        kind="tai-lieu",
        object_id=paper.key.rpartition(":")[2],
        scope=contract.PUBLIC,
        url=f"/tai-lieu/{paper.key}/",
        title=paper.title,
        summary=paper.summary,
        body=paper.body,
        beside=paper.issuing_body,
        document_number=paper.number,
        numbers=document_keys(paper.number, year=paper.date.year) if paper.number else [],
        facets={
            contract.KIND: ["tai-lieu"],
            contract.TYPE: [paper.type],
            contract.YEAR: [str(paper.date.year)],
            contract.ISSUER: [paper.issuing_body] if paper.issuing_body else [],
        },
        minutes=paper.minutes,
        date=paper.date,
        fingerprint=paper.key,
        indexed_at=timezone.now(),
    )
