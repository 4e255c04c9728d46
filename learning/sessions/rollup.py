"""How much a unit held in a year, with all beneath it. Counted are sessions that took place, and of those that are
closed the certificates that stand: whoever was there and somebody vouches for it. It names nobody."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from learning.evidence.registries.gatherings import Held
from learning.sessions.models import AttendanceCertificate, Session
from membership.models import Unit


@dataclass
class Tally:
    """``unit`` is None for what the unit asked about held itself. ``attended`` is hours times who was there."""

    unit: Unit | None
    sessions: int = 0
    open: int = 0
    hours: float = 0
    present: int = 0
    people: int = 0
    attended: float = 0


def tallies(unit: Unit, year: int) -> list[Tally]:
    """A row for each unit directly beneath that held something, after its own; five queries."""
    beneath = {one.path: one for one in Unit.objects.filter(path__startswith=unit.path, depth=unit.depth + 1)}
    found: dict[str, Tally] = {}
    for session in Session.objects.for_rollup(unit, year):
        home = _home(session.unit.path, unit)
        _count(found.setdefault(home, Tally(beneath.get(home))), session)
    for path, people in _people(unit, year).items():
        found[path].people = people
    return [found[path] for path in sorted(found)]


def total_of(unit: Unit, year: int, rows: list[Tally]) -> Tally:
    """Somebody who was with two units is one person here."""
    people = AttendanceCertificate.objects.for_rollup(unit, year).values("person").distinct().count()
    total = Tally(unit, people=people)
    for row in rows:
        for name in ("sessions", "open", "hours", "present", "attended"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
    return total


def held_in(unit: Unit, year: int, day: datetime.date) -> Held:
    """The same in three numbers, up to the end of the day, for the yearly report; three queries."""
    after = timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))
    sessions = list(Session.objects.for_rollup(unit, year).filter(starts_at__lt=after))
    there = AttendanceCertificate.objects.for_rollup(unit, year).filter(session__starts_at__lt=after)
    return Held(len(sessions), there.values("person").distinct().count(), sum(one.hours for one in sessions))


def _count(tally: Tally, session: Session) -> None:
    present: int = session.present  # type: ignore[attr-defined] # annotated there
    tally.sessions += 1
    tally.open += not session.is_closed
    tally.hours += session.hours
    tally.present += present
    tally.attended += present * session.hours


def _people(unit: Unit, year: int) -> dict[str, int]:
    """Of each row, who was there at least once."""
    there: dict[str, set[int]] = {}
    for path, person in _pairs(unit, year):
        there.setdefault(_home(path, unit), set()).add(person)
    return {path: len(people) for path, people in there.items()}


def _pairs(unit: Unit, year: int) -> Iterator[tuple[str, int]]:
    given = AttendanceCertificate.objects.for_rollup(unit, year)
    return given.values_list("session__unit__path", "person").distinct().iterator()


def _home(path: str, unit: Unit) -> str:
    return path[: len(unit.path) + unit.steplen]
