"""What every test has at hand."""

import pytest
from django.core.cache import cache

from tests.factories.people import Standing, standing_people


@pytest.fixture
def standing(db: None) -> Standing:
    """Units and people that tests know by name."""
    return standing_people()


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
