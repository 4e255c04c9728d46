import pytest
from django.core.cache import cache

from work import clock


@pytest.fixture(autouse=True)
def _listening_for_long(_fresh_cache: None) -> None:
    """Who gave no sign of life has had the time to."""
    cache.set(clock.LISTENING_SINCE, 0, None)
