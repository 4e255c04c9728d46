import datetime

import pytest
from django.core.cache import cache
from django.db import OperationalError, ProgrammingError, connection
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from work import clock
from work.management.commands import worker
from work.models import Slot
from work.periodic import take_up_fallen_tasks


@pytest.fixture
def begun(monkeypatch):
    """What the queue's own command does when it is begun, in turn; the clock stands still."""
    steps = []

    def work(_command, **options):
        steps.pop(0)(options["worker_id"])

    monkeypatch.setattr(db_worker.Command, "handle", work)
    monkeypatch.setattr(clock, "keep_time", lambda _runner: None)
    monkeypatch.setattr(worker, "_PAUSE_SECONDS", 0)
    return steps


def _raising(fault):
    def step(_worker):
        raise fault

    return step


@pytest.mark.django_db(transaction=True)
def test_the_worker_goes_on_when_the_database_was_locked_and_stops_at_other_faults(begun):
    begun += [_raising(OperationalError("database is locked")), _raising(ProgrammingError("no such table"))]
    with pytest.raises(ProgrammingError, match="no such table"):
        worker.Command().handle()
    assert begun == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="its database is a file, which does not go away")
@pytest.mark.django_db(transaction=True)
def test_the_worker_outlives_the_database_and_takes_its_task_up_again(begun):
    """Its connection is really ended by the server, in the middle of a task."""

    def end_the_connection(worker_id):
        add_task("RUNNING", [worker_id])
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    begun += [end_the_connection, lambda _worker: None]
    worker.Command().handle()
    assert begun == []
    assert DBTaskResult.objects.get().status == "READY"


def add_task(status, workers, fault="", ended=None):
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="a.b", backend_name="default", run_after=timezone.now(),
        status=status, worker_ids=workers, exception_class_path=fault, finished_at=ended or timezone.now(),
    )  # fmt: skip


class TestTakingUpAgain:
    def statuses(self, at=None):
        take_up_fallen_tasks(at or timezone.now())
        return [task.status for task in DBTaskResult.objects.order_by("enqueued_at")]

    def test_a_task_whose_worker_died_is_taken_up_by_the_next_one(self, db):
        clock.show_life()
        clock.show_life("lives")
        add_task("RUNNING", ["lives"])
        add_task("RUNNING", ["lives", "died"])
        assert self.statuses() == ["RUNNING", "READY"]
        assert self.statuses() == ["RUNNING", "READY"]

    def test_nobody_is_taken_for_dead_while_the_cache_has_just_been_emptied(self, db):
        cache.delete(clock.LISTENING_SINCE)
        clock.show_life()
        add_task("RUNNING", ["lives"])
        assert self.statuses() == ["RUNNING"]

    def test_where_nobody_gives_a_sign_of_life_nobody_is_taken_for_dead(self, db):
        add_task("RUNNING", ["unknown"])
        assert self.statuses() == ["RUNNING"]

    def test_one_that_brings_its_workers_down_stays_failed(self, db):
        clock.show_life()
        add_task("RUNNING", list("12345"))
        assert self.statuses() == ["FAILED"]

    def test_one_that_fell_with_the_database_is_tried_for_an_hour_and_other_faults_stay(self, db):
        fell = "django.db.utils.OperationalError"
        add_task("FAILED", ["1"], fell)
        add_task("FAILED", ["1"], fell, ended=timezone.now() - datetime.timedelta(hours=2))
        add_task("FAILED", list("12345"), fell)
        add_task("FAILED", ["1"], "builtins.ValueError")
        assert self.statuses() == ["READY", "FAILED", "FAILED", "FAILED"]


def test_a_worker_that_stops_leaves_what_it_has_begun_to_others(db, monkeypatch, begun):
    times = {"begins_at": timezone.now(), "started_at": timezone.now()}
    monkeypatch.setattr(clock, "name_of_runner", lambda: "here:1")
    Slot.objects.create(name="mine", runner="here:1", **times)
    Slot.objects.create(name="another's", runner="elsewhere:1", **times)
    begun.append(_raising(SystemExit()))
    with pytest.raises(SystemExit):
        worker.Command().handle()
    assert [slot.name for slot in Slot.objects.all()] == ["another's"]


def test_the_worker_shows_that_it_lives_and_looks_at_each_minute_once(db, monkeypatch):
    looked, naps = [], []

    def nap(seconds):
        naps.append(seconds)
        if len(naps) == 3:
            raise InterruptedError

    now = timezone.now()
    first, last = now.replace(second=1), now.replace(second=59)
    moments = iter([first, last, first + datetime.timedelta(minutes=1)])
    monkeypatch.setattr(clock.timezone, "now", lambda: next(moments))
    monkeypatch.setattr(clock.time, "sleep", nap)
    monkeypatch.setattr(clock, "begin_due", lambda _runner, at: looked.append(at))
    assert not clock.is_alive()
    with pytest.raises(InterruptedError):
        clock.keep_time("here:1")
    assert clock.is_alive()
    assert clock.is_alive("here:1")
    assert [at.second for at in looked] == [1, 1]
    assert all(0 < seconds <= clock.SIGN_OF_LIFE_SECONDS / 4 for seconds in naps)
