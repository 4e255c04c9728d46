import pytest

from work import kept


@pytest.fixture
def build():
    """Counts how often it was asked, and gives the number."""
    asked = []
    return lambda: asked.append(1) or len(asked)


def test_it_is_built_once_and_anew_after_a_change(build):
    assert [kept.kept("name", build), kept.kept("name", build)] == [1, 1]
    kept.forget("name")
    assert [kept.kept("name", build), kept.kept("name", build)] == [2, 2]


def test_another_process_takes_it_from_the_cache(build):
    kept.kept("name", build)
    kept.forget_memory()
    assert kept.kept("name", build) == 1


def test_what_changes_while_it_is_built_is_not_kept_as_the_new(build):
    """The rows were read before the change: whoever asks after it must not be given them."""

    def build_slowly():
        kept.forget("name")
        return "old"

    assert kept.kept("name", build_slowly) == "old"
    assert kept.kept("name", build) == 1


def test_parts_are_kept_apart_and_forgotten_together(build):
    assert [kept.kept("name", build, part=part) for part in "aba"] == [1, 2, 1]
    kept.forget("name")
    assert [kept.kept("name", build, part=part) for part in "ab"] == [3, 4]


def test_it_ends_when_it_is_that_old_in_every_process_alike(build, monkeypatch):
    now = kept.time.time()
    monkeypatch.setattr(kept.time, "time", lambda: now)
    kept.kept("name", build, seconds=60)
    monkeypatch.setattr(kept.time, "time", lambda: now + 50)
    kept.forget_memory()  # one that meets it late holds it no longer than the others
    assert kept.kept("name", build, seconds=60) == 1
    monkeypatch.setattr(kept.time, "time", lambda: now + 61)
    assert kept.kept("name", build, seconds=60) == 2


def test_memory_has_a_bound_and_the_oldest_give_way():
    held = kept.Held(3)
    for number in range(5):
        held.hold({number: str(number)})
    assert list(held) == [2, 3, 4]


def test_one_entry_asks_the_cache_twice_and_what_is_held_once(build, monkeypatch):
    kept.kept("name", build)
    asked = []
    get = kept.cache.get
    monkeypatch.setattr(kept.cache, "get", lambda key, *rest, **more: asked.append(key) or get(key, *rest, **more))
    kept.kept("name", build)
    assert len(asked) == 1
    kept.forget_memory()
    kept.kept("name", build)
    assert len(asked) == 3
