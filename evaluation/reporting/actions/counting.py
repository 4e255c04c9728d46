"""Keeps the counts that pages read. No entries in the audit log: all of it follows from other rows."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice

from django.db import transaction

from evaluation.reporting.bulk.people import write
from evaluation.reporting.counts import added, changed_people, is_counted_by, rows_of, standing_of, stored_of, taken
from evaluation.reporting.models import Change, CountedYear, PersonFigures, UnitFigures
from evaluation.reporting.tallies import Tallies, Tally, Topics, members, sums, titles
from membership.models import Unit

_ALL = Unit(path="")
_CHUNK = 5_000  # people
_MOST_CHANGES = 100_000  # beyond it, counting all anew is quicker


@transaction.atomic
def count_year(*, year: int, day: datetime.date, topics: Topics) -> None:
    """Counts a year in full and keeps it. Idempotent; the way to begin, and to begin anew."""
    CountedYear.objects.update_or_create(
        year=year, defaults={"day": day, "criteria_topic": topics.criteria, "digital_topic": topics.digital}
    )
    PersonFigures.objects.filter(year=year).delete()
    UnitFigures.objects.filter(year=year).delete()
    everyone, titled = members(day, topics.criteria), titles(year, day, topics.digital)
    write(year, everyone, titled)
    _keep(year, sums(everyone, titled))


@transaction.atomic
def follow_changes(*, days: dict[int, datetime.date], topics: dict[int, Topics]) -> int:
    """Takes up what has changed, in every kept year, up to each year's day; gives how many people it looked at.

    Notes that arrive meanwhile stay for the next time. Idempotent.
    """
    counted_years = list(CountedYear.objects.select_for_update().order_by("year"))
    notes = list(Change.objects.values_list("pk", "person_id"))
    looked_at: set[int] = set()
    for counted in counted_years:
        day, own = days[counted.year], topics[counted.year]
        people = {person for _pk, person in notes} | changed_people(counted, day)
        if len(people) > _MOST_CHANGES or not is_counted_by(counted, own):
            count_year(year=counted.year, day=day, topics=own)
        else:
            _follow(counted, people, day, own)
        looked_at |= people
    for chunk in _chunks([pk for pk, _person in notes]):
        Change.objects.filter(pk__in=chunk).delete()
    return len(looked_at)


def _follow(counted: CountedYear, people: Iterable[int], day: datetime.date, topics: Topics) -> None:
    year = counted.year
    differences: Tallies = {}
    for chunk in _chunks(sorted(people)):
        differences = taken(differences, stored_of(chunk, _ALL, year))
        differences = added(differences, standing_of(chunk, _ALL, year, day, topics))
        PersonFigures.objects.filter(year=year, person__in=chunk).delete()
        write(year, *rows_of(chunk, year, day, topics))
    kept = {row.pop("unit__path"): Tally(**row) for row in UnitFigures.objects.below(_ALL, year)}
    moved = {path: kept.get(path, Tally()) + one for path, one in differences.items() if one != Tally()}
    UnitFigures.objects.filter(year=year, unit__path__in=list(moved)).delete()
    _keep(year, moved)
    counted.day = day
    counted.save(update_fields=["day"])


def _keep(year: int, tallies: Tallies) -> None:
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=list(tallies))}
    UnitFigures.objects.bulk_create(
        UnitFigures(unit=units[path], year=year, **asdict(tally)) for path, tally in tallies.items() if tally != Tally()
    )


def _chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    rest = iter(keys)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
