"""What changes targets, entered figures, and the counts that pages read."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import asdict
from itertools import islice
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.reporting.bulk.people import write
from evaluation.reporting.definitions import AIMS, SOURCE
from evaluation.reporting.models import Change, CountedYear, Denominator, PersonFigures, Target, UnitFigures
from evaluation.reporting.tallies import (
    Tallies,
    Tally,
    Topics,
    added,
    changed_people,
    is_counted_by,
    members,
    rows_of,
    standing_of,
    stored_of,
    sums,
    taken,
    titles,
)
from membership.models import Unit, User
from membership.policy import Action, require

FIRST_YEAR = 2022
LARGEST_VALUE = 10_000_000
_ALL = Unit(path="")
_CHUNK = 5_000  # people
_MOST_CHANGES = 100_000  # beyond it, counting all anew is quicker


@transaction.atomic
def load_targets(*, by: User | None, at: datetime.datetime) -> list[Target]:
    """The plan's ten targets. Idempotent: a target that stands, edited or not, is left as it is."""
    targets = []
    goals = [(until, percent, aim) for aim in AIMS.values() for until, percent in aim.goals.items()]
    for until, percent, aim in sorted(goals, key=itemgetter(0)):
        target, is_new = Target.objects.get_or_create(
            measure=aim.key, until=until, defaults={"percent": percent, "topic": aim.topic, "source": SOURCE}
        )
        if is_new:
            log(instance=target, action="reporting.load_target", user=by, data={"percent": percent})
        targets.append(target)
    return targets


@transaction.atomic
def enter_denominator(
    *, unit: Unit, year: int, measure: str, value: int, by: User, at: datetime.datetime
) -> Denominator:
    """Notes how many people the unit has for a measure; later figures replace earlier ones, the log keeps both."""
    require(by, Action.ENTER_FIGURES, unit)
    _check_denominator(year, measure, value, timezone.localdate(at))
    key: dict[str, Any] = {"unit": unit, "year": year, "measure": measure}
    standing = Denominator.objects.select_for_update().filter(**key).first()
    if standing and standing.value == value:
        return standing
    denominator, _is_new = Denominator.objects.update_or_create(
        **key, defaults={"value": value, "entered_at": at, "entered_by": by}
    )
    log(
        instance=denominator,
        action="reporting.enter_denominator",
        user=by,
        data={"unit": unit.pk, "year": year, "before": standing.value if standing else None, "after": value},
    )
    return denominator


@transaction.atomic
def count_year(*, year: int, day: datetime.date, topics: Topics) -> None:
    """Counts a year in full and keeps it. Idempotent; the way to begin, and to begin anew."""
    counted_by = {"criteria_topic": topics.criteria, "digital_topic": topics.digital}
    counted_by |= {"criteria_starts": topics.starts_told}
    CountedYear.objects.update_or_create(year=year, defaults={"day": day, **counted_by})
    PersonFigures.objects.filter(year=year).delete()
    UnitFigures.objects.filter(year=year).delete()
    everyone, titled = members(year, day, topics), titles(year, day, topics.digital)
    write(year, everyone, titled)
    _keep_sums(year, sums(everyone, titled))


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


@transaction.atomic
def forget_units(units: Collection[int]) -> None:
    """Part of taking a decree back: what was counted in units that go. Their people are noted as changed."""
    UnitFigures.objects.filter(unit__in=units).delete()


def _check_denominator(year: int, measure: str, value: int, today: datetime.date) -> None:
    if not AIMS[measure].entered_as:
        raise ValidationError(_("This figure is counted here; nobody enters it."))
    if not 1 <= value <= LARGEST_VALUE:
        raise ValidationError(_("Enter a number of people, at least 1."))
    if not FIRST_YEAR <= year <= today.year:
        raise ValidationError(_("Choose a year that has begun, from the plan's first on."))


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
    _keep_sums(year, moved)
    counted.day = day
    counted.save(update_fields=["day"])


def _keep_sums(year: int, tallies: Tallies) -> None:
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=list(tallies))}
    UnitFigures.objects.bulk_create(
        UnitFigures(unit=units[path], year=year, **asdict(tally)) for path, tally in tallies.items() if tally != Tally()
    )


def _chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    rest = iter(keys)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
