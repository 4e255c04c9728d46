"""What `make bench-search` prints of the quality of one engine. Needs Django and a database with the demo in it."""

import sys
from collections.abc import Iterator, Sequence

from search.contract import Engine
from search.models import SearchDocument
from tests.judged_search import demo, subjects
from tests.judged_search.measures import ndcg
from tests.judged_search.papers import papers
from tests.judged_search.queries import Asked, queries
from tests.judged_search.running import answer, fill, judged, own_documents

_HEAD = f"{'':14}{'queries':>8}{'nDCG@10':>9}{'recall@10':>11}{'empty':>8}{'best first':>12}"
_POOR = 0.7


def report(engine: Engine) -> Iterator[str]:
    """Line by line; with --poor on the command line also the queries that were answered badly."""
    own = own_documents()
    for name, held_out in (("worked with", False), ("held out", True)):
        library = papers(subjects.HELD_OUT if held_out else subjects.WORKED_WITH)
        fill(engine, library)
        yield f"\n{engine.name}: demo and 2,000 generated documents, queries {name}"
        yield from _table(engine, queries(library, held_out=held_out))
    yield f"\n{engine.name}: the same documents, queries over the demo judged by hand"
    yield from _table(engine, demo.queries(own))


def _table(engine: Engine, asked: Sequence[Asked]) -> Iterator[str]:
    yield _HEAD
    for kind, one in judged(engine, asked).items():
        yield f"{kind:14}{one.queries:>8}{one.ndcg:>9.3f}{one.recall:>11.3f}{one.empty:>8.1%}{one.first:>12.1%}"
    if "--poor" in sys.argv:
        yield from _poor(engine, asked)


def _poor(engine: Engine, asked: Sequence[Asked]) -> Iterator[str]:
    titles = dict(SearchDocument.objects.values_list("key", "title"))
    for one in asked:
        keys = answer(engine, one.text)
        if ndcg(one.grades, keys) < _POOR:
            yield f"  {one.kind} {one.text!r} {ndcg(one.grades, keys):.2f}"
            yield from (f"      {one.grades.get(key, 0)} {titles[key][:90]}" for key in keys[:4])
