"""From when until when a session is held on each of its days."""

from typing import Any

from learning.evidence.actions import RecordRefusedError
from learning.sessions.duration import Period, are_in_order
from learning.sessions.models import Day, Session


def with_bounds(values: dict[str, Any]) -> dict[str, Any]:
    """Where days are given one by one, a session begins with the first and ends with the last. Raises
    RecordRefusedError where they run into each other."""
    days: list[Period] = values.get("days") or []
    if not are_in_order(days):
        raise RecordRefusedError("each day ends after it begins, and before the next one")
    return values | ({"starts_at": days[0][0], "ends_at": days[-1][1]} if days else {})


def days_of(session: Session) -> list[Period]:
    """Given one by one; none where each has the same hours."""
    return [(day.starts_at, day.ends_at) for day in session.days.all()]


def set_days(session: Session, days: list[Period]) -> None:
    """In place of those that were there."""
    session.days.all().delete()
    rows = [Day(session=session, starts_at=begins, ends_at=ends) for begins, ends in days]
    Day.objects.bulk_create(rows)
