"""Time, pass mark, what is shown when, and how a learner stands, as pure functions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

# What was answered in time may arrive a little late over a slow line.
GRACE = datetime.timedelta(seconds=30)
# So long the site waits for answers that were given in time on a device that has no network (decision 0050).
LATE_WINDOW = datetime.timedelta(hours=24)
# A browser that gets through sends all it holds: what it left out then was made later.
SAME_DELIVERY = datetime.timedelta(seconds=60)


@dataclass(frozen=True)
class QuizRules:
    """When and how often one may start. 0 and None: no limit."""

    attempts_allowed: int = 0
    wait_minutes: int = 0
    time_limit_minutes: int = 0
    opens_at: datetime.datetime | None = None
    closes_at: datetime.datetime | None = None

    def has_closed(self, at: datetime.datetime) -> bool:
        return self.closes_at is not None and at >= self.closes_at

    def is_open(self, at: datetime.datetime) -> bool:
        return not self.has_closed(at) and (self.opens_at is None or at >= self.opens_at)

    def due_at(self, at: datetime.datetime, extra_percent: int = 0) -> datetime.datetime | None:
        """The end of an attempt that starts now: its time, with the person's extra time, or the closing of the quiz."""
        if not self.time_limit_minutes:
            return self.closes_at
        limit = datetime.timedelta(minutes=self.time_limit_minutes) * (100 + extra_percent) / 100
        return at + limit if self.closes_at is None else min(at + limit, self.closes_at)

    def next_at(self, last_finished_at: datetime.datetime | None) -> datetime.datetime | None:
        """From when one may try again."""
        if last_finished_at is None or not self.wait_minutes:
            return None
        return last_finished_at + datetime.timedelta(minutes=self.wait_minutes)


def is_over(due_at: datetime.datetime | None, at: datetime.datetime) -> bool:
    """Whether answers arriving at this moment come too late, the grace included."""
    return due_at is not None and at > due_at + GRACE


def closing_time(due_at: datetime.datetime | None, at: datetime.datetime) -> datetime.datetime:
    """When an attempt that is closed now ended: never after its time was over."""
    return at if due_at is None else min(at, due_at)


def takes_late(due_at: datetime.datetime | None, at: datetime.datetime) -> bool:
    """Whether answers that were given in time may still arrive."""
    return due_at is not None and at <= due_at + LATE_WINDOW


def counts_late(
    made_at: datetime.datetime,
    *,
    started_at: datetime.datetime,
    due_at: datetime.datetime,
    last_contact: datetime.datetime | None,
) -> bool:
    """Whether an answer that arrives after the time counts: it was given before the end, and in a silence.

    ``made_at`` is the browser's word. It is believed only if nothing came through from this attempt afterwards.
    """
    is_in_silence = last_contact is None or made_at > last_contact - SAME_DELIVERY
    return started_at <= made_at <= due_at and is_in_silence


def is_passed(points: Decimal, max_points: Decimal, pass_mark: int) -> bool:
    """``pass_mark`` in percent; a quiz without questions is not passed."""
    return max_points > 0 and points * 100 >= max_points * pass_mark


def share(points: Decimal, max_points: Decimal) -> Decimal:
    """From 0 to 1, in ten-thousandths."""
    return (points / max_points).quantize(Decimal("0.0001")) if max_points else Decimal(0)


@dataclass(frozen=True)
class Standing:
    finished: list[Any]
    open: Any | None
    left: int | None  # None: no limit
    waits_until: datetime.datetime | None = None
    opens_at: datetime.datetime | None = None
    has_closed: bool = False

    @property
    def is_passed(self) -> bool:
        return any(attempt.is_passed for attempt in self.finished)

    @property
    def is_marked_anew(self) -> bool:
        return any(attempt.is_marked_anew for attempt in self.finished)

    @property
    def is_used_up(self) -> bool:
        return self.open is None and self.left == 0

    @property
    def may_start(self) -> bool:
        return self.open is None and self.left != 0 and not (self.waits_until or self.opens_at or self.has_closed)


def standing_of(attempts: Iterable[Any], rules: QuizRules, at: datetime.datetime) -> Standing:
    """From all attempts of one learner at one quiz. An open one counts as used."""
    tried = list(attempts)
    finished = [attempt for attempt in tried if attempt.finished_at]
    next_at = rules.next_at(max((attempt.finished_at for attempt in finished if attempt.finished_at), default=None))
    return Standing(
        finished=finished,
        open=next((attempt for attempt in tried if not attempt.finished_at), None),
        left=max(rules.attempts_allowed - len(tried), 0) if rules.attempts_allowed else None,
        waits_until=next_at if next_at and next_at > at else None,
        opens_at=rules.opens_at if rules.opens_at and rules.opens_at > at else None,
        has_closed=rules.has_closed(at),
    )
