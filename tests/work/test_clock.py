import datetime
import threading
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from work import actions, clock, recurring
from work.models import Slot
from work.rhythms import daily, every

AT = datetime.datetime.fromisoformat("2026-11-30T10:00:30+07:00")
MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def declared():
    """Nothing recurs but what the test declares."""
    with patch.dict(recurring.declared, clear=True):
        yield recurring.declared


@pytest.fixture
def ran(declared):
    ran = []

    @recurring.recurs(every(minutes=1), "Each minute")
    def minutely(at):
        ran.append("minutely")

    @recurring.recurs(daily(3), "Each day")
    def nightly(at):
        ran.append("nightly")
        return "well"

    return ran


def tick(at, runner="here:1"):
    return [clock.carry_out(*one).name for one in clock.claimed(runner, at)]


@pytest.mark.django_db
class TestDue:
    def test_a_slot_runs_once_and_the_next_one_again(self, ran):
        assert [tick(AT), tick(AT + MINUTE / 4), tick(AT + MINUTE)] == [["minutely"], [], ["minutely"]]

    def test_what_is_daily_and_new_waits_for_its_hour(self, ran):
        tick(AT)
        tick(AT + 10 * HOUR)
        assert "nightly" not in ran
        tick(AT + 17 * HOUR)
        tick(AT + 18 * HOUR)
        assert ran.count("nightly") == 1
        assert Slot.objects.filter(name="nightly").latest("begins_at").outcome == "well"

    def test_slots_that_nobody_ran_are_made_up_for_once(self, ran):
        tick(AT)
        assert tick(AT + HOUR) == ["minutely"]

    def test_what_takes_long_is_not_begun_again_beside_itself(self, ran):
        slots = list(clock.claimed("here:1", AT))
        assert [one.name for one, _slot in slots] == ["minutely"]
        assert tick(AT + 2 * MINUTE, "there:2") == []

    def test_a_runner_that_died_is_inherited_from(self, ran):
        tick(AT)
        list(clock.claimed("here:1", AT + 24 * HOUR))
        night, minute = Slot.objects.order_by("begins_at").filter(finished_at=None)
        assert tick(AT + 24 * HOUR + 20 * MINUTE, "there:2") == ["minutely"]
        minute.refresh_from_db()
        assert (minute.is_done, minute.outcome) == (False, "its runner died")
        assert tick(AT + 28 * HOUR, "there:2") == ["minutely", "nightly"]
        night.refresh_from_db()
        assert (night.is_done, night.runner) == (True, "there:2")

    def test_who_lives_is_not_inherited_from_however_long_it_takes(self, ran):
        tick(AT)
        list(clock.claimed("here:1", AT + 24 * HOUR))
        clock.show_life("here:1")
        assert tick(AT + 28 * HOUR, "there:2") == []

    def test_cron_lives_as_long_as_it_is_busy(self, declared):
        lived = []

        @recurring.recurs(every(minutes=1), "Looks who lives")
        def looks(at):
            lived.append(clock.is_alive(Slot.objects.get().runner))

        call_command("tick")
        assert lived == [True]

    def test_who_comes_back_from_the_dead_ends_nobody_elses_run(self, ran):
        tick(AT)
        late = [slot for one, slot in clock.claimed("here:1", AT + 24 * HOUR) if one.name == "nightly"]
        [taken] = [slot for one, slot in clock.claimed("there:2", AT + 28 * HOUR) if one.name == "nightly"]
        actions.finish(slot=late[0], outcome="late", at=AT + 29 * HOUR)
        assert Slot.objects.get(pk=taken.pk).finished_at is None

    def test_old_runs_are_forgotten(self, ran, monkeypatch):
        monkeypatch.setattr(actions.slots, "_KEPT_OF_EACH", 3)
        for minutes in range(6):
            tick(AT + minutes * MINUTE)
        assert Slot.objects.filter(name="minutely").count() == 3


@pytest.mark.django_db
class TestFaults:
    @pytest.mark.parametrize(
        ("fault", "outcome"), [(ValueError("Nguyễn Văn An"), "ValueError"), (CommandError("No way"), "No way")]
    )
    def test_a_fault_is_seen_names_nobody_and_the_next_slot_tries_again(self, declared, caplog, fault, outcome):
        faults = [fault]

        @recurring.recurs(every(minutes=1), "Fails once")
        def fails_once(at):
            if faults:
                raise faults.pop()

        tick(AT)
        slot = Slot.objects.get()
        assert (slot.is_done, slot.outcome) == (False, outcome)
        assert "fails_once failed" in caplog.text
        assert tick(AT + MINUTE) == ["fails_once"]
        assert Slot.objects.latest("begins_at").is_done

    def test_overdue_is_what_came_to_no_good_end_for_too_long(self, ran):
        assert clock.overdue(AT) == []
        tick(AT)
        assert clock.overdue(AT + 5 * MINUTE) == []
        assert clock.overdue(AT + 15 * MINUTE) == ["minutely"]
        tick(AT + HOUR)
        assert clock.overdue(AT + HOUR + MINUTE) == []
        assert sorted(clock.overdue(AT + 24 * HOUR)) == ["minutely", "nightly"]

    def test_an_end_that_could_not_be_noted_is_noted_when_the_database_is_back(self, ran, monkeypatch):
        faults, finish = [OperationalError("gone"), InterfaceError("closed")], actions.finish

        def finish_at_last(**end):
            if faults:
                raise faults.pop()
            finish(**end)

        monkeypatch.setattr(actions, "finish", finish_at_last)
        monkeypatch.setattr(clock, "connection", SimpleNamespace(close=lambda: None))
        monkeypatch.setattr(clock.time, "sleep", lambda _seconds: None)
        tick(AT)
        assert faults == []
        assert Slot.objects.get(name="minutely").is_done

    def test_the_same_name_twice_is_refused(self, ran):
        with pytest.raises(ValueError, match="twice"):

            @recurring.recurs(daily(3), "Again")
            def nightly(at):
                """Never called."""


@pytest.mark.django_db(transaction=True)
class TestSeveralAtOnce:
    def test_two_workers_and_cron_run_each_slot_once(self, ran):
        """Each with a connection of its own, all at the same moment, over several minutes."""
        together, faults = threading.Barrier(3), []

        def runner(name):
            try:
                for minutes in range(8):
                    together.wait(30)
                    tick(AT + minutes * MINUTE, name)
            except Exception as fault:
                faults.append(fault)
                together.abort()
            finally:
                connection.close()

        runners = [threading.Thread(target=runner, args=(name,)) for name in ("here:1", "here:2", "cron:3")]
        for one in runners:
            one.start()
        for one in runners:
            one.join()
        assert faults == []
        assert ran == ["minutely"] * 8
        assert Slot.objects.filter(name="minutely", is_done=True).count() == 8

    def test_a_dead_runners_slot_is_taken_over_by_one_alone(self, ran):
        tick(AT)
        list(clock.claimed("dead:0", AT + 24 * HOUR))
        latest = {slot.name: slot for slot in Slot.objects.latest_of_each()}
        nightly, later = recurring.declared["nightly"], AT + 28 * HOUR
        claims = [
            actions.claim(recurring=nightly, latest=latest["nightly"], runner=name, at=later) for name in ("a:1", "b:2")
        ]
        assert [claim and claim.runner for claim in claims] == ["a:1", None]

    def test_a_worker_runs_what_is_due_in_threads_of_their_own(self, ran):
        for thread in clock.begin_due("here:1", AT):
            thread.join()
        assert ran == ["minutely"]
        with transaction.atomic():
            assert Slot.objects.get(name="minutely").finished_at <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_the_clock_goes_on_when_the_cache_is_away(declared, monkeypatch, caplog):
    """Nothing recurs here: what a look begins outlives the test, and its connection would go on in the next one's."""
    with monkeypatch.context() as away:
        away.setattr(clock.cache, "set", _is_away)
        assert clock.keep_minute("here:1", None) is None
    assert "tries again" in caplog.text
    assert clock.keep_minute("here:1", None) is not None


def test_a_runner_whose_cache_was_away_for_a_moment_shows_life_again(monkeypatch, caplog):
    shown = threading.Event()
    monkeypatch.setattr(clock, "SIGN_OF_LIFE_SECONDS", 0.04)
    with monkeypatch.context() as away:
        away.setattr(clock.cache, "set", _is_away)
        living = clock.showing_life("cron:1")
        living.__enter__()
    monkeypatch.setattr(clock, "show_life", lambda _runner: shown.set())
    assert shown.wait(10)
    living.__exit__(None, None, None)
    assert "no sign of life" in caplog.text


def _is_away(*_asked):
    raise ConnectionError("the cache is away")
