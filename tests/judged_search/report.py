"""What `make bench-search` prints of the quality of one engine. Needs Django and a database."""

from collections.abc import Iterator

from search.engines.base import Engine
from search.models import SearchDocument
from tests.judged_search import subjects
from tests.judged_search.library import papers
from tests.judged_search.queries import queries
from tests.judged_search.running import fill, judged

HEAD = f"{'':22}{'queries':>8}{'nDCG@10':>9}{'recall@10':>11}{'empty':>8}{'best first':>12}"


def report(engine: Engine, *, verbose: bool = False) -> Iterator[str]:
    for name, held_out in (("worked with", False), ("held out", True)):
        SearchDocument.objects.filter(key__startswith="paper:").delete()
        library = papers(subjects.HELD_OUT if held_out else subjects.WORKED_WITH)
        fill(engine, library)
        yield f"\n{engine.name}, {name}: 2,000 generated documents"
        yield HEAD
        for kind, one in judged(engine, queries(library, held_out=held_out)).items():
            yield (f"{kind:22}{one.queries:>8}{one.ndcg:>9.3f}{one.recall:>11.3f}{one.empty:>8.1%}{one.first:>12.1%}")
