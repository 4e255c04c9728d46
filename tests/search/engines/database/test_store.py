"""What is kept of the index in memory has a limit, whatever is asked."""

import pytest

from search.engines.database import store
from search.engines.database.store import Store
from work.kept import Held


class Lists:
    """Of the dialect: the documents of rare terms, each in one of its own."""

    asked = 0

    def slots(self, _build, terms):
        self.asked += 1
        return [int(term) for term in terms]


@pytest.fixture
def opened(monkeypatch):
    monkeypatch.setattr(store, "_kept", Held(3))
    monkeypatch.setattr(
        store, "stored_sets", lambda _build, names, cut: {name[cut:]: int(name[cut:]) for name in names}
    )
    return Store(build=1, revision=1, dialect=Lists(), common={"7", "8", "9", "10", "11"})


def test_rare_terms_that_nobody_asks_again_give_way(opened):
    for number in range(20, 40):
        assert opened.having_any([str(number)]) == 1 << number
    assert len(store._kept) == 3
    assert opened.having_any(["39"]) == 1 << 39
    assert opened.dialect.asked == 20


def test_a_query_of_more_sets_than_are_kept_is_answered_whole(opened):
    assert opened.sets(["7", "8", "9", "10", "11", "rare"]) == {"7": 7, "8": 8, "9": 9, "10": 10, "11": 11}
    assert len(store._kept) == 3
    assert opened.sets(["7", "11"]) == {"7": 7, "11": 11}


def test_another_revision_of_the_index_has_sets_of_its_own(opened, monkeypatch):
    opened.sets(["7"])
    monkeypatch.setattr(store, "stored_sets", lambda _build, names, cut: {name[cut:]: 0 for name in names})
    later = Store(build=1, revision=2, dialect=Lists(), common={"7"})
    assert (later.sets(["7"]), opened.sets(["7"])) == ({"7": 0}, {"7": 7})
