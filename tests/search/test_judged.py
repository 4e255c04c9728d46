"""A smaller check of what `make bench-search` measures: the engine at hand on 400 generated documents."""

import pytest

from search.engines.database import DatabaseEngine
from tests.judged_search import subjects
from tests.judged_search.papers import papers
from tests.judged_search.queries import queries
from tests.judged_search.running import fill, judged

LEAST = {"toned": 0.9, "toneless": 0.85, "misspelt": 0.75, "abbreviated": 0.75}


@pytest.mark.parametrize("held_out", [False, True], ids=["worked with", "held out"])
def test_answers_are_good_however_people_type(db, held_out):
    library = papers(subjects.HELD_OUT if held_out else subjects.WORKED_WITH, count=400)
    engine = DatabaseEngine()
    fill(engine, library)
    found = judged(engine, queries(library, held_out=held_out, each=9))
    poor = {kind: round(found[kind].ndcg, 3) for kind, least in LEAST.items() if found[kind].ndcg < least}
    assert poor == {}
    assert found["number"].first == 1.0
    assert not any(one.empty for one in found.values())


def test_the_library_is_the_same_each_time():
    assert papers(subjects.HELD_OUT, count=5) == papers(subjects.HELD_OUT, count=5)
