import datetime

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from work import clock
from work.management.commands import worker
from work.models import Slot


def test_the_worker_goes_on_when_the_database_was_locked_and_stops_at_other_faults(db, monkeypatch):
    faults = [OperationalError("database is locked"), OperationalError("no such table")]

    def work(_command):
        raise faults.pop(0)

    monkeypatch.setattr(db_worker.Command, "handle", work)
    monkeypatch.setattr(clock, "keep_time", lambda _runner: None)
    with pytest.raises(OperationalError, match="no such table"):
        worker.Command().handle()
    assert faults == []


def test_a_worker_that_stops_leaves_what_it_has_begun_to_others(db, monkeypatch):
    begun = {"begins_at": timezone.now(), "started_at": timezone.now()}
    monkeypatch.setattr(clock, "name_of_runner", lambda: "here:1")
    Slot.objects.create(name="mine", runner="here:1", **begun)
    Slot.objects.create(name="another's", runner="elsewhere:1", **begun)

    def stop(_command):
        raise SystemExit

    monkeypatch.setattr(db_worker.Command, "handle", stop)
    monkeypatch.setattr(clock, "keep_time", lambda _runner: None)
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
