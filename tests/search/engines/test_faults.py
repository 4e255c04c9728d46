"""The engine stops in the middle of indexing and in the middle of a query: nothing is lost, and searches go on."""

import os
import signal

import pytest
from django.utils import timezone
from osmem_server import OsmemServer

from search import actions
from search.actions import outbox
from search.actions.documents import for_engine
from search.engines.elastic import ElasticEngine
from search.engines.elastic import actions as sending
from search.engines.elastic.client import ALIAS, BREAKER, _client, client
from search.models import PendingChange, SearchDocument
from search.sources import Source, register
from search.sources.registry import _sources
from tests.factories.pages import add_material
from tests.search.asking import found, index_now, titles
from tests.search.plain_json import PATIENCE_SECONDS, PlainJsonNode
from training_materials.models import MaterialPage

pytestmark = pytest.mark.django_db

MANY = 12


class StoppingNode(PlainJsonNode):
    """Stops the server's process just before it gets a certain request; how long the site waits counts from then on."""

    pid = 0
    stops_before = ""
    left = 0
    is_stopped = False
    asked = 0

    def perform_request(self, method, target, body=None, headers=None, request_timeout=None):
        StoppingNode.asked += 1
        if self.stops_before and self.stops_before in target:
            StoppingNode.left -= 1
            if StoppingNode.left == 0:
                os.kill(self.pid, signal.SIGSTOP)
                os.waitid(os.P_PID, self.pid, os.WSTOPPED)  # the signal is on its way: the request must not overtake it
                StoppingNode.is_stopped = True
        patience = request_timeout if self.is_stopped else PATIENCE_SECONDS
        return super().perform_request(method, target, body, headers, patience)


@pytest.fixture
def server(settings, monkeypatch):
    """A server of its own, as it is stopped; the site waits a second for it, not thirty."""
    running = OsmemServer.start(japanese=False)
    settings.ELASTICSEARCH_URL = running.url
    settings.ELASTICSEARCH_OPTIONS = {"node_class": StoppingNode}
    monkeypatch.setattr(sending, "BULK_SECONDS", 1)
    monkeypatch.setattr("search.engines.elastic.client._SECONDS", 3600.0)
    monkeypatch.setattr(outbox, "BATCH", 5)
    monkeypatch.setattr(StoppingNode, "pid", running.process.pid)
    BREAKER.reset()
    yield running
    go_on(running)
    client().close()
    _client.cache_clear()
    running.close()
    running.process.stdout.close()


def stop_before(target, turn):
    StoppingNode.stops_before, StoppingNode.left = target, turn


def go_on(server):
    StoppingNode.stops_before, StoppingNode.is_stopped = "", False
    os.kill(server.process.pid, signal.SIGCONT)
    BREAKER.reset()


def fill(tree):
    for number in range(MANY):
        add_material(tree.materials, f"An toàn số {number}")


def test_stopped_in_the_middle_of_indexing_loses_nothing(server, tree):
    fill(tree)
    stop_before("_bulk", 2)
    while actions.drain(at=timezone.now()).has_more:
        pass
    assert actions.deliver(at=timezone.now()) == 5
    waits = PendingChange.objects.filter(queue="elasticsearch")
    assert waits.count() == MANY - 5
    assert set(waits.exclude(attempts=0).values_list("error", flat=True)) == {"EngineAway"}
    assert found("an toàn").engine == "database"
    assert found("an toàn").total == MANY

    go_on(server)
    later = timezone.now() + outbox.LONGEST
    assert actions.deliver(at=later) == MANY - 5
    ElasticEngine().refresh()
    response = found("an toàn")
    assert (response.engine, response.total) == ("elasticsearch", MANY)


def test_deleted_while_the_engine_is_away_is_gone_when_it_is_back(server, tree):
    fill(tree)
    index_now()
    stop_before("_", 1)
    page = MaterialPage.objects.get(title="An toàn số 3")
    page.delete()
    actions.drain(at=timezone.now())
    actions.deliver(at=timezone.now())
    go_on(server)
    actions.deliver(at=timezone.now() + outbox.LONGEST)
    ElasticEngine().refresh()
    response = found("an toàn", limit=MANY)
    assert (response.engine, response.total) == ("elasticsearch", MANY - 1)
    assert "An toàn số 3" not in titles(response)


def test_stopped_in_the_middle_of_a_query_the_database_answers_it(server, tree):
    fill(tree)
    index_now()
    stop_before("_search", 1)
    response = found("an toàn")
    assert (response.engine, response.total) == ("database", MANY)
    found("an toàn")
    asked = StoppingNode.asked
    assert found("an toàn").engine == "database"
    assert StoppingNode.asked == asked  # it is not waited for again

    go_on(server)
    assert found("an toàn").engine == "elasticsearch"


def indices():
    return set(client().indices.get_alias(index=f"{ALIAS}-*"))


def test_a_rebuild_that_fails_leaves_no_half_filled_index_and_the_old_one_answers(server, tree):
    fill(tree)
    index_now()
    before = indices()

    def fails():
        yield from map(for_engine, SearchDocument.objects.all()[:3])
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        ElasticEngine().rebuild(fails(), MANY, lambda _done, _total: None)
    assert indices() == before
    response = found("an toàn")
    assert (response.engine, response.total) == ("elasticsearch", MANY)


def test_what_a_killed_rebuild_left_goes_with_a_later_one(server, tree, monkeypatch):
    fill(tree)
    index_now()
    left = sending.new_index()
    actions.rebuild(progress=lambda _done, _total: None, from_sources=False)
    assert left in indices()  # that one may still be running
    monkeypatch.setattr(sending, "_ABANDONED", 0.0)
    actions.rebuild(progress=lambda _done, _total: None, from_sources=False)
    assert len(indices()) == 1
    assert found("an toàn").engine == "elasticsearch"


def test_killed_in_the_middle_of_carrying_out_leaves_every_change_noted(tree):
    add_material(tree.materials, "An toàn một")
    before = set(PendingChange.objects.values_list("pk", flat=True))

    def killed(_page):
        raise KeyboardInterrupt

    register(Source("broken", MaterialPage, killed))
    try:
        actions.note([f"key:broken:{MaterialPage.objects.get().pk}"])
        with pytest.raises(KeyboardInterrupt):
            actions.drain(at=timezone.now())
    finally:
        _sources.pop("broken")
    assert before <= set(PendingChange.objects.values_list("pk", flat=True))
    assert not SearchDocument.objects.exists()
    assert found("an toàn").total == 0
    index_now()
    assert titles(found("an toàn")) == ["An toàn một"]
