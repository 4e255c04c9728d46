"""A server of Elasticsearch's protocol over HTTP, in memory, and the site set up to use it."""

from collections.abc import Iterator

import pytest
from django.db import connection
from osmem_server import OsmemServer

from search.engines.elastic.client import BREAKER, _client, client
from tests.factories.pages import Tree, page_tree
from tests.search.lacking import LACKING
from tests.search.plain_json import PATIENCE_SECONDS, PlainJsonNode


@pytest.fixture
def tree(db: None) -> Tree:
    return page_tree()


@pytest.fixture(scope="session")
def cluster() -> Iterator[OsmemServer]:
    server = OsmemServer.start(japanese=False)
    yield server
    server.close()
    server.process.stdout.close()


@pytest.fixture
def elastic(request, cluster, settings) -> Iterator[None]:
    """The site set up to use the cluster, which is empty."""
    if reason := LACKING.get(request.node.originalname):
        pytest.skip(f"osmem-server: {reason}")
    clone = cluster.clone()
    settings.ELASTICSEARCH_URL = clone.url
    settings.ELASTICSEARCH_OPTIONS = {"node_class": PlainJsonNode}
    settings.ELASTICSEARCH_SECONDS = PATIENCE_SECONDS
    BREAKER.reset()
    yield
    BREAKER.reset()
    client().close()
    _client.cache_clear()
    clone.close()


# The cluster is the same beside every database: pages ask it beside SQLite.
ENGINES = ["database", "elasticsearch"] if connection.vendor == "sqlite" else ["database"]


@pytest.fixture(params=ENGINES)
def each_engine(request) -> str:
    """For what pages and changes do, whichever engine answers; what the engines do is tested in ``engines``."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elastic")
    return request.param
