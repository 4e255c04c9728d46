"""Time and pass mark, as pure functions."""

import datetime
from decimal import Decimal

# What was answered in time may arrive a little late over a slow line.
GRACE = datetime.timedelta(seconds=30)


def is_over(due_at: datetime.datetime | None, at: datetime.datetime) -> bool:
    """Whether answers arriving at this moment come too late, the grace included."""
    return due_at is not None and at > due_at + GRACE


def closing_time(due_at: datetime.datetime | None, at: datetime.datetime) -> datetime.datetime:
    """When an attempt that is closed now ended: never after its time was over."""
    return at if due_at is None else min(at, due_at)


def is_passed(points: Decimal, max_points: Decimal, pass_mark: int) -> bool:
    """``pass_mark`` in percent; a quiz without questions is not passed."""
    return max_points > 0 and points * 100 >= max_points * pass_mark


def share(points: Decimal, max_points: Decimal) -> Decimal:
    """From 0 to 1, in ten-thousandths."""
    return (points / max_points).quantize(Decimal("0.0001")) if max_points else Decimal(0)
