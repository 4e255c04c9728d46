import pytest
from django.core.cache import cache

from tests.work.push_service import push_on
from work import clock


@pytest.fixture(autouse=True)
def _listening_for_long(_fresh_cache: None) -> None:
    """Who gave no sign of life has had the time to."""
    cache.set(clock.LISTENING_SINCE, 0, None)


@pytest.fixture
def push_service(settings, monkeypatch, tmp_path):
    with push_on(settings, monkeypatch, tmp_path) as service:
        yield service
