"""Each engine in turn: the database's with its inverted lists and with stored sets, and Elasticsearch's protocol."""

from collections.abc import Iterator

import pytest
from osmem_server import OsmemServer

from search.engines.elastic import breaker
from search.engines.elastic.client import _client, client
from tests.search.engines.plain_json import PlainJsonNode

# What osmem-server 0.1 lacks or does in another way than Elasticsearch: not run against it, each with the reason.
LACKING: dict[str, str] = {}


@pytest.fixture(scope="session")
def cluster() -> Iterator[OsmemServer]:
    """A server of Elasticsearch's protocol over HTTP, in memory."""
    server = OsmemServer.start(japanese=False)
    yield server
    server.close()
    server.process.stdout.close()


@pytest.fixture
def elastic(cluster, settings) -> Iterator[None]:
    """The site set up to use the cluster, which is empty."""
    clone = cluster.clone()
    settings.ELASTICSEARCH_URL = clone.url
    settings.ELASTICSEARCH_OPTIONS = {"node_class": PlainJsonNode}
    breaker.BREAKER.reset()
    yield
    breaker.BREAKER.reset()
    client().close()
    _client.cache_clear()
    clone.close()


@pytest.fixture(params=["inverted lists", "stored sets", "elasticsearch"])
def engine_in_use(request, settings) -> str:
    """In the second turn every term that two documents have is kept as a set."""
    settings.SEARCH_COMMON_FROM = 2 if request.param == "stored sets" else 1_000
    if request.param == "elasticsearch":
        if reason := LACKING.get(request.node.originalname):
            pytest.skip(f"osmem-server: {reason}")
        request.getfixturevalue("elastic")
    return request.param
