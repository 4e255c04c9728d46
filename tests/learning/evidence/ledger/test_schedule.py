import time

import pytest
from django_tasks_db.models import DBTaskResult

from learning.evidence.actions import record
from learning.evidence.ledger.schedule import ENTRIES, seal_soon
from learning.evidence.models import Checkpoint
from learning.evidence.tasks import seal_what_waits
from tests.factories.evidence import NOW, a_fact


@pytest.fixture
def queue(settings):
    """A queue that can wait, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return DBTaskResult.objects.filter(task_path="learning.evidence.tasks.seal_what_waits")


def test_the_first_of_a_minute_asks_the_queue_once(standing, queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _number in range(3):
            record(fact=a_fact(standing.an.person), by=None, at=NOW)

    asked = queue.get()
    assert asked.run_after is not None


def test_entries_that_keep_coming_are_sealed_each_minute(db, queue, settings, tmp_path, monkeypatch):
    """Counting them in the cache must not make the minute longer, as counting up in Django's cache of files does."""
    files = {"BACKEND": "config.file_cache.RarelyCountedFileCache", "LOCATION": tmp_path}
    settings.CACHES = {"default": files}
    began = time.time()
    for second in range(130):
        monkeypatch.setattr(time, "time", lambda second=second: began + second)
        seal_soon()
    assert queue.count() == 3


def test_a_thousand_are_sealed_at_once(db, queue):
    for _number in range(ENTRIES):
        seal_soon()
    assert queue.count() == 2
    assert queue.order_by("enqueued_at").last().run_after != queue.order_by("enqueued_at").first().run_after


def test_the_task_seals_and_may_run_twice(standing):
    record(fact=a_fact(standing.an.person), by=None, at=NOW)
    assert [seal_what_waits.func(), seal_what_waits.func()] == [1, 0]
    assert Checkpoint.objects.count() == 1


def test_where_the_queue_cannot_wait_nothing_is_asked(db):
    seal_soon()
    assert not DBTaskResult.objects.exists()
