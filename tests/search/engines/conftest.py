"""Each engine in turn: the database's with its inverted lists and with stored sets, and Elasticsearch's protocol."""

import pytest


@pytest.fixture(params=["inverted lists", "stored sets", "elasticsearch"])
def engine_in_use(request, settings) -> str:
    """In the second turn every term that two documents have is kept as a set."""
    settings.SEARCH_COMMON_FROM = 2 if request.param == "stored sets" else 1_000
    if request.param == "elasticsearch":
        request.getfixturevalue("elastic")
    return request.param
