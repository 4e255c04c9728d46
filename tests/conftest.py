"""What every test has at hand."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from tests.factories.people import Standing, standing_people
from tests.ledger import triggers_lifted


@pytest.fixture
def standing(db: None) -> Standing:
    """Units and people that tests know by name."""
    return standing_people()


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _flush_past_triggers() -> Iterator[None]:
    """What commits in a test is flushed after it, the ledger too; everywhere else its triggers stand."""
    flush = TransactionTestCase._fixture_teardown

    def flush_lifted(test_case: TransactionTestCase) -> None:
        with triggers_lifted():
            flush(test_case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_lifted)
        yield
