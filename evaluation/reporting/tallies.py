"""Counting people by unit: set-based queries for a unit and all beneath it, however many rows there are; and the kept
counts, set right by those few people whose rows have changed since they were counted.

A member counts once, in the unit they belong to on the cut-off date; a title counts in its dossier's unit. What comes
out of the kept counts is always what a full count gives: a test holds the two equal after any actions. Nothing is
written here; ``actions.follow_changes`` takes the changes up.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add, sub
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils import timezone

from evaluation.dossiers.models import IndicatorScore
from evaluation.recognition.models import Title
from evaluation.reporting import groups
from evaluation.reporting.models import Change, CountedYear, PersonFigures, UnitFigures
from evaluation.reporting.starts import Start, with_start
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Verification
from membership.models import Membership, Role, Unit

MOST_LIVE = 2_000  # changes that a page counts itself; beyond it, it shows what was kept, and says so
_STUDIED = Q(kind__in=[Kind.COURSE_COMPLETED, Kind.QUIZ_PASSED])
# Who says of themselves that they were there has said no more than anybody.
_TRAINED = _STUDIED | Q(Q(kind=Kind.ATTENDANCE), ~Q(verification=Verification.NONE))
_SEEN_CERTIFICATE = Q(
    kind=Kind.EXTERNAL_CERTIFICATE, verification__in=[Verification.DOCUMENT_SEEN, Verification.SIGNED]
)
# What a member and a title count for.
MEMBER_COUNTS = {
    "members": Count("person"),
    "studied": Count("person", filter=Q(has_studied=True)),
    "grouped": Count("person", filter=Q(is_grouped=True)),
    "grouped_titled": Count("person", filter=Q(is_grouped=True, has_title=True)),
    "unit_staff": Count("person", filter=Q(is_unit_staff=True)),
    "unit_staff_titled": Count("person", filter=Q(is_unit_staff=True, has_title=True)),
}
TITLE_COUNTS = {
    "titled": Count("person"),
    "skilled": Count("person", filter=Q(is_skilled=True)),
    "self_updated": Count("person", filter=Q(is_self_updated=True)),
    "skilled_self_updated": Count("person", filter=Q(is_self_updated=True, is_skilled=True)),
}


@dataclass(frozen=True)
class Tally:
    """Numbers of people."""

    members: int = 0
    studied: int = 0
    grouped: int = 0
    grouped_titled: int = 0
    unit_staff: int = 0
    unit_staff_titled: int = 0
    titled: int = 0
    skilled: int = 0
    self_updated: int = 0
    skilled_self_updated: int = 0

    def __sub__(self, other: Tally) -> Tally:
        return Tally(*map(sub, vars(self).values(), vars(other).values()))

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(add, vars(self).values(), vars(other).values()))


@dataclass(frozen=True)
class Topics:
    """The topics by which evidence shows that someone studied the criteria, or has digital skills; and from when on the
    former counts."""

    criteria: str
    digital: str
    starts: tuple[Start, ...] = ()

    @property
    def starts_told(self) -> str:
        return " ".join(map(str, self.starts))


Tallies = dict[str, Tally]


def count(
    unit: Unit, year: int, day: datetime.date, topics: Topics, signed_until: datetime.date | None = None
) -> Tallies:
    """By unit path, for the unit and all beneath it where anybody is; two queries over everybody.

    ``signed_until`` leaves out what was decided after that day.
    """
    members_there = members(year, day, topics, signed_until=signed_until).filter(unit__path__startswith=unit.path)
    titles_there = titles(year, day, topics.digital).filter(unit__path__startswith=unit.path)
    if signed_until is not None:
        titles_there = titles_there.filter(decision__signed_on__lte=signed_until)
    return sums(members_there, titles_there)


def sums(members_counted: QuerySet[Membership], titles_counted: QuerySet[Title]) -> Tallies:
    """Of rows that ``members`` and ``titles`` give, by unit path."""
    found: Tallies = {}
    gather(found, members_counted, "unit__path", MEMBER_COUNTS)
    gather(found, titles_counted, "unit__path", TITLE_COUNTS)
    return found


def gather(found: Tallies, rows: QuerySet[Any], place: str, counts: dict[str, Count]) -> None:
    """Adds what the rows count for, by the unit's path that stands at ``place``."""
    for row in map(dict[str, Any], rows.order_by().values(place).annotate(**counts)):
        path = row.pop(place)
        found[path] = found.get(path, Tally()) + Tally(**row)


def total(tallies: Tallies, path: str) -> Tally:
    """The unit at that path with all beneath it."""
    return sum((tally for place, tally in tallies.items() if place.startswith(path)), Tally())


def members(
    year: int,
    day: datetime.date,
    topics: Topics,
    people: RawSQL | None = None,
    signed_until: datetime.date | None = None,
) -> QuerySet[Membership]:
    """Everyone on record once (or those of ``people``), by the membership that places them on the day, with what they
    count for. What a person said of themselves when signing up makes them no member until an officer confirms it."""
    standing = Membership.objects.on(day).filter(is_self_declared=False)
    standing = standing.annotate(rank=Case(When(role=Role.MEMBER, then=0), default=1))
    is_earlier = Q(valid_from__lt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__lt=OuterRef("pk"))
    goes_before = Q(rank__lt=OuterRef("rank")) | (Q(rank=OuterRef("rank")) & is_earlier)
    nearer_home = standing.filter(goes_before, person=OuterRef("person"))
    if people is not None:
        standing = standing.filter(person__in=people)
    return (
        with_start(standing.filter(~Exists(nearer_home)), topics.starts, day)
        .filter(person__merged_into=None, person__erased_at=None)
        .annotate(
            has_studied=Exists(training(day, topics)),
            is_grouped=_truth(Q(Exists(groups.listed(day))) & groups.adults(year)),
            is_unit_staff=_truth(Q(Exists(groups.learning_units(day))) & Q(Exists(groups.staff(day)))),
            has_title=Exists(groups.titled(year, signed_until)),
        )
    )


def training(day: datetime.date, topics: Topics) -> QuerySet[Evidence]:
    """What of the outer row's person counts as training in the set in force, of a row ``with_start``."""
    return _evidence(day, topics.criteria).filter(_TRAINED, occurred_at__gte=OuterRef("trained_from"))


def titles(year: int, day: datetime.date, topic: str) -> QuerySet[Title]:
    """Standing titles of the year with what else is counted of their people."""
    own_scores = IndicatorScore.objects.filter(dossier=OuterRef("dossier"), self_points__isnull=False)
    return (
        Title.objects.standing()
        .filter(year=year, person__merged_into=None)
        .annotate(
            is_skilled=Exists(_evidence(day, topic).filter(_STUDIED | _SEEN_CERTIFICATE)),
            is_self_updated=_truth(Q(Q(dossier__is_assisted=False), Exists(own_scores))),
        )
    )


def kept(unit: Unit, year: int, day: datetime.date, topics: Topics) -> Tallies:
    """By unit path, for the unit and all beneath it: exact, though in full where very much has changed."""
    tallies, is_behind = shown(unit, year, day, topics)
    return count(unit, year, day, topics) if is_behind else tallies


def shown(unit: Unit, year: int, day: datetime.date, topics: Topics) -> tuple[Tallies, bool]:
    """As ``kept``; where more has changed than a page can count, as they were kept, and that they are behind. A year
    that was never counted is counted in full."""
    counted = CountedYear.objects.filter(year=year).first()
    if counted is None or not is_counted_by(counted, topics):
        return count(unit, year, day, topics), False
    tallies = {row.pop("unit__path"): Tally(**row) for row in UnitFigures.objects.below(unit, year)}
    waiting = Change.objects.first_people(MOST_LIVE + 1)
    is_behind = len(waiting) > MOST_LIVE
    people = set() if is_behind else {*waiting, *_moved_between(counted.day, day)}
    is_behind |= len(people) > MOST_LIVE
    if people and not is_behind:
        tallies = added(tallies, standing_of(people, unit, year, day, topics))
        tallies = taken(tallies, stored_of(people, unit, year))
    return {path: tally for path, tally in tallies.items() if tally != Tally()}, is_behind


def is_counted_by(counted: CountedYear, topics: Topics) -> bool:
    kept_by = counted.criteria_topic, counted.digital_topic, counted.criteria_starts
    return kept_by == (topics.criteria, topics.digital, topics.starts_told)


def changed_people(counted: CountedYear, day: datetime.date) -> set[int]:
    """Whose rows changed since they were counted, and whom the days between bring in or out."""
    return Change.objects.people() | _moved_between(counted.day, day)


def _moved_between(one: datetime.date, other: datetime.date) -> set[int]:
    if one == other:
        return set()
    first, last = sorted([one, other])
    between = {"gt": first, "lte": last}
    moved = Membership.objects.filter(groups.begun_or_ended(between))
    people = set(moved.values_list("person", flat=True))
    people |= groups.people_between(between)
    return people | set(_facts_between(first, last).values_list("person", flat=True))


def standing_of(people: Iterable[int], unit: Unit, year: int, day: datetime.date, topics: Topics) -> Tallies:
    """What these people add to the figures as their rows are now."""
    members_there, titles_there = rows_of(people, year, day, topics)
    return sums(
        members_there.filter(unit__path__startswith=unit.path),
        titles_there.filter(unit__path__startswith=unit.path),
    )


def rows_of(
    people: Iterable[int], year: int, day: datetime.date, topics: Topics
) -> tuple[QuerySet[Membership], QuerySet[Title]]:
    keys = _keys(people)
    return (
        members(year, day, topics, keys),
        titles(year, day, topics.digital).filter(person__in=keys),
    )


def stored_of(people: Iterable[int], unit: Unit, year: int) -> Tallies:
    """What the kept counts hold of these people: two queries."""
    rows = PersonFigures.objects.filter(year=year, person__in=_keys(people))
    found: Tallies = {}
    gather(found, rows.filter(member_unit__path__startswith=unit.path), "member_unit__path", MEMBER_COUNTS)
    gather(found, rows.filter(title_unit__path__startswith=unit.path), "title_unit__path", TITLE_COUNTS)
    return found


def added(tallies: Tallies, more: Tallies) -> Tallies:
    return tallies | {path: tallies.get(path, Tally()) + tally for path, tally in more.items()}


def taken(tallies: Tallies, less: Tallies) -> Tallies:
    return tallies | {path: tallies.get(path, Tally()) - tally for path, tally in less.items()}


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _evidence(day: datetime.date, topic: str) -> QuerySet[Evidence]:
    """Standing facts about the outer row's person, up to the end of the day, that carry the topic.

    Topics are a JSON list of slugs; looking for the slug in quotes is the same question on both databases.
    """
    midnight = datetime.time(tzinfo=timezone.get_default_timezone())
    after = datetime.datetime.combine(day + datetime.timedelta(days=1), midnight)
    return (
        Evidence.objects.standing()
        .filter(person=OuterRef("person"), occurred_at__lt=after)
        .annotate(topics_text=Cast("topics", TextField()))
        .filter(topics_text__contains=f'"{topic}"')
    )


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
