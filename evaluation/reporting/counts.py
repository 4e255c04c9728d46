"""The kept counts, set right by those few people whose rows have changed since they were counted.

What comes out is always what a full count gives: a test holds the two equal after any actions. Nothing is written
here; ``actions.follow_changes`` takes the changes up.
"""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from evaluation.recognition.models import Title
from evaluation.reporting.models import Change, CountedYear, PersonFigures, UnitFigures
from evaluation.reporting.tallies import Tallies, Tally, Topics, count, members, sums, titles
from learning.evidence.models import Evidence
from membership.models import Membership, Unit

# Where a person counts, and for what.
_PARTS: dict[str, dict[str, Count]] = {
    "member_unit__path": {
        "members": Count("person"),
        "studied": Count("person", filter=Q(has_studied=True)),
    },
    "title_unit__path": {
        "titled": Count("person"),
        "residents_titled": Count("person", filter=Q(is_resident=True)),
        "staff_titled": Count("person", filter=Q(is_staff=True)),
        "skilled": Count("person", filter=Q(is_skilled=True)),
        "self_updated": Count("person", filter=Q(is_self_updated=True)),
        "skilled_self_updated": Count("person", filter=Q(is_self_updated=True, is_skilled=True)),
    },
}


def kept(unit: Unit, year: int, day: datetime.date, topics: Topics) -> Tallies:
    """By unit path, for the unit and all beneath it. A year that was never counted is counted in full."""
    counted = CountedYear.objects.filter(year=year).first()
    if counted is None or not is_counted_by(counted, topics):
        return count(unit, year, day, topics)
    tallies = {row.pop("unit__path"): Tally(**row) for row in UnitFigures.objects.below(unit, year)}
    people = changed_people(counted, day)
    if people:
        tallies = added(tallies, standing_of(people, unit, year, day, topics))
        tallies = taken(tallies, stored_of(people, unit, year))
    return {path: tally for path, tally in tallies.items() if tally != Tally()}


def is_counted_by(counted: CountedYear, topics: Topics) -> bool:
    return (counted.criteria_topic, counted.digital_topic) == (topics.criteria, topics.digital)


def changed_people(counted: CountedYear, day: datetime.date) -> set[int]:
    """Whose rows changed since they were counted, and whom the days between bring in or out."""
    people = Change.objects.people()
    if counted.day != day:
        first, last = sorted([counted.day, day])
        between = {"gt": first, "lte": last}
        begun = Q(**{f"valid_from__{name}": value for name, value in between.items()})
        ended = Q(**{f"valid_to__{name}": value for name, value in between.items()})
        people |= set(Membership.objects.filter(begun | ended).values_list("person", flat=True))
        people |= set(_facts_between(first, last).values_list("person", flat=True))
    return people


def standing_of(people: Iterable[int], unit: Unit, year: int, day: datetime.date, topics: Topics) -> Tallies:
    """What these people add to the figures as their rows are now."""
    members_there, titles_there = rows_of(people, year, day, topics)
    return sums(
        members_there.filter(unit__path__startswith=unit.path),
        titles_there.filter(dossier__unit__path__startswith=unit.path),
    )


def rows_of(
    people: Iterable[int], year: int, day: datetime.date, topics: Topics
) -> tuple[QuerySet[Membership], QuerySet[Title]]:
    keys = _keys(people)
    return (
        members(day, topics.criteria, keys),
        titles(year, day, topics.digital).filter(person__in=keys),
    )


def stored_of(people: Iterable[int], unit: Unit, year: int) -> Tallies:
    """What the kept counts hold of these people: two queries."""
    rows = PersonFigures.objects.filter(year=year, person__in=_keys(people)).order_by()
    found: Tallies = {}
    for place, counts in _PARTS.items():
        there = rows.filter(**{f"{place}__startswith": unit.path}).values(place).annotate(**counts)
        for row in map(dict[str, Any], there):
            path = row.pop(place)
            found[path] = found.get(path, Tally()) + Tally(**row)
    return found


def added(tallies: Tallies, more: Tallies) -> Tallies:
    return tallies | {path: tallies.get(path, Tally()) + tally for path, tally in more.items()}


def taken(tallies: Tallies, less: Tallies) -> Tallies:
    return tallies | {path: tallies.get(path, Tally()) - tally for path, tally in less.items()}


def _keys(people: Iterable[int]) -> RawSQL:
    """The keys as one parameter: with thousands of them Django takes longer to write a list than the database to
    answer it."""
    text = json.dumps(sorted(people))
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [f"{{{text[1:-1]}}}"])
    return RawSQL("SELECT value FROM json_each(%s)", [text])


def _facts_between(first: datetime.date, last: datetime.date) -> QuerySet[Evidence]:
    """Facts told before they occurred; all others were noted as changes when they were told."""
    zone = timezone.get_default_timezone()
    after_first, after_last = (
        datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), tzinfo=zone)
        for day in (first, last)
    )
    early = Evidence.objects.filter(occurred_at__gt=F("recorded_at"))
    return early.filter(occurred_at__gte=after_first, occurred_at__lt=after_last)
