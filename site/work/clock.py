"""Runs what is due. Any number of workers, and ``manage.py tick`` beside them, may look: each slot runs once."""

import datetime
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from django.core.cache import cache
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from work import actions
from work.models import Slot
from work.recurring import Recurring, declared

SIGN_OF_LIFE_SECONDS = 60
AWAY = (OperationalError, InterfaceError)  # what the database's driver says when nobody is there
_SIGN_OF_LIFE = "worker-lives"
LISTENING_SINCE = "listening-since"
_NOTED_WITHIN_SECONDS = 600
_NICENESS = 10
_logger = logging.getLogger(__name__)


def name_of_runner() -> str:
    """New in each process: one that is started again in a container has the same host and number."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{token_hex(3)}"


def step_back() -> None:
    """Pages come first: this process, and what it begins, takes of the processors what they leave."""
    os.setpriority(os.PRIO_PROCESS, 0, max(_NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))


def keep_time(runner: str) -> None:
    """As long as the process lives: says that it does, and begins what is due as each minute begins."""
    looked_at = None
    while True:
        looked_at = keep_minute(runner, looked_at)
        time.sleep(min(SIGN_OF_LIFE_SECONDS / 4, 60 - time.time() % 60))


def keep_minute(runner: str, looked_at: datetime.datetime | None) -> datetime.datetime | None:
    """One look; gives the minute that was looked at last. Whatever is away meanwhile, the clock goes on."""
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    try:
        show_life()
        show_life(runner)
        if minute != looked_at:
            begin_due(runner, now)
    except Exception:
        _logger.exception("the clock could not look; it tries again")
        return looked_at
    return minute


def begin_due(runner: str, at: datetime.datetime) -> list[threading.Thread]:
    """Each in a thread of its own: what takes an hour holds up neither tasks nor what recurs each minute."""
    begun = []
    try:
        for recurring, slot in claimed(runner, at):
            begun.append(threading.Thread(target=_carry_out_alone, args=(recurring, slot), daemon=True))
            begun[-1].start()
    finally:
        connection.close()
    return begun


def claimed(runner: str, at: datetime.datetime) -> Iterator[tuple[Recurring, Slot]]:
    """What is due and is this runner's now, the most frequent first."""
    latest = {slot.name: slot for slot in Slot.objects.latest_of_each()}
    for recurring in sorted(declared.values(), key=lambda one: one.rhythm.period):
        last = latest.get(recurring.name)
        if last is not None and last.finished_at is None and is_alive(last.runner):
            continue
        slot = actions.claim(recurring=recurring, latest=last, runner=runner, at=at)
        if slot is not None:
            yield recurring, slot


def carry_out(recurring: Recurring, slot: Slot) -> Slot:
    """Runs it and notes the end; a fault is logged, seen in the report, and tried again at the next slot."""
    try:
        slot.outcome, slot.is_done = str(recurring.act(slot.started_at) or ""), True
    except Exception as fault:
        _logger.exception("%s failed", recurring.name)
        slot.outcome = str(fault) if isinstance(fault, CommandError) else type(fault).__name__
    _note(slot)
    return slot


def overdue(at: datetime.datetime) -> list[str]:
    """What has not come to a good end for longer than it may, by name. What nobody ever ran is the worker's matter."""
    return [
        name
        for name, good in Slot.objects.last_good().items()
        if (one := declared.get(name)) and good < one.rhythm.slot(at - one.rhythm.patience)
    ]


def show_life(runner: str = "") -> None:
    """The runner says that it lives, whatever it is busy with; a worker says it for workers too. Forgotten soon."""
    cache.set(f"{_SIGN_OF_LIFE}:{runner}", True, SIGN_OF_LIFE_SECONDS)


def is_alive(runner: str = "") -> bool:
    """Whether that runner does, or any worker.

    No runner is taken for dead before each had the time to say that it lives since the cache was emptied.
    """
    return bool(cache.get(f"{_SIGN_OF_LIFE}:{runner}")) or (bool(runner) and not _has_listened_long_enough())


def _has_listened_long_enough() -> bool:
    began = cache.get_or_set(LISTENING_SINCE, time.time, None)
    return began is not None and time.time() - began > SIGN_OF_LIFE_SECONDS


def has_died(runner: str) -> bool:
    """Whether workers give signs of life, and it does not."""
    return is_alive() and not is_alive(runner)


@contextmanager
def showing_life(runner: str) -> Iterator[None]:
    """For a runner that is no worker, as long as it is busy."""
    ended = threading.Event()

    def show() -> None:
        while not ended.wait(SIGN_OF_LIFE_SECONDS / 4):
            _show_life_if_heard(runner)

    _show_life_if_heard(runner)
    threading.Thread(target=show, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _show_life_if_heard(runner: str) -> None:
    """Whose cache is away for a moment is not dead for it."""
    try:
        show_life(runner)
    except Exception:
        _logger.exception("no sign of life could be given; the next one may")


def _carry_out_alone(recurring: Recurring, slot: Slot) -> None:
    try:
        carry_out(recurring, slot)
    finally:
        connection.close()


def _note(slot: Slot) -> None:
    """However long the database is away: an end that nobody noted would hold up what recurs as long as we live."""
    for _second in range(_NOTED_WITHIN_SECONDS):
        try:
            actions.finish(slot=slot, outcome=slot.outcome, is_done=slot.is_done, at=timezone.now())
            break
        except AWAY as fault:
            _logger.warning("the end of %s could not be noted (%s); tried again", slot.name, type(fault).__name__)
            connection.close()
            time.sleep(1)
