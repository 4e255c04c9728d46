"""What a person's facts of a year count for by the criteria that hold for them, for the page of their evidence."""

import datetime
from decimal import Decimal

from django.utils import timezone

from evaluation.criteria.inputs import measure_of, standing_items
from evaluation.criteria.models import CriteriaSet
from evaluation.criteria.scoring import Suggestion, suggest
from learning.evidence.registries.counted import Credit
from membership.belonging import group_of, unit_of
from membership.models import Person


def credits_of(person: Person, year: int) -> list[Credit]:
    """As of today, or of the year's last day once it is over; nothing where no criteria hold for the person."""
    day = min(timezone.localdate(), datetime.date(year, 12, 31))
    unit = unit_of(person, day)
    criteria_set = CriteriaSet.objects.for_person(group_of(person, day), unit, day) if unit else None
    if criteria_set is None:
        return []
    items, _has_corrections = standing_items(person.pk, year)
    measure = measure_of(criteria_set)
    suggestions = suggest(items, measure.rules, measure.maxima, measure.step)
    names = dict(criteria_set.indicators.values_list("number", "name"))
    return [
        Credit(number, names[number], suggestion.points, _by_fact(suggestion))
        for number, suggestion in suggestions.items()
        if suggestion.points is not None
    ]


def _by_fact(suggestion: Suggestion) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in suggestion.trace:
        found[line["evidence"]] = found.get(line["evidence"], Decimal(0)) + Decimal(line["counted"])
    return found
