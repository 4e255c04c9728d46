from types import SimpleNamespace

import pytest

from notices.registries.kinds import Kind, Urgency, kinds
from tests.notices.kinds import told_about

_DONE: set[int] = set()


@pytest.fixture
def done():
    """Subjects of which there is nothing more to tell."""
    _DONE.clear()
    return _DONE


@pytest.fixture
def urgent(monkeypatch, done):
    return _kind(monkeypatch, "of-test-urgent", Urgency.AT_ONCE)


@pytest.fixture
def weekly(monkeypatch, done):
    return _kind(monkeypatch, "of-test-weekly", Urgency.WEEKLY)


@pytest.fixture
def tell_an(standing):
    return lambda kind, number=1, **more: told_about(kind, [standing.an], number, **more)


def _undone(pk__in):
    """As a queryset answers, of numbers that are no rows."""
    return SimpleNamespace(values_list=lambda *_names, **_flat: set(pk__in) - _DONE)


def _kind(monkeypatch, key, urgency):
    kind = Kind(
        key=key,
        title="Bài thử",
        words="Điều %(number)s xảy ra.",
        why="Vì là bài thử.",
        urgency=urgency,
        still_due=lambda: SimpleNamespace(filter=_undone),
    )
    monkeypatch.setitem(kinds, key, kind)
    return kind
