"""What facts count for in a person's dossier of the year: said to the page of their evidence, and to teaching, which
shows it beside a result."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from evaluation.criteria.inputs import measure_of, standing_items
from evaluation.criteria.models import CriteriaSet
from evaluation.criteria.scoring import Suggestion, suggest
from evaluation.dossiers.models import Dossier
from learning.evidence.registries.worth import Credit
from membership.belonging import group_of, unit_of
from membership.models import Person


def credits_of(person_id: int, day: datetime.date) -> list[Credit]:
    """By the criteria of the dossier; before it is opened, by those that hold for the person on the day.

    Three queries with a dossier, six without, and what reading a set costs that was not read before.
    """
    items, _has_corrections = standing_items(person_id, day.year)
    criteria_set = _set_of(person_id, day) if items else None
    if criteria_set is None:
        return []
    measure = measure_of(criteria_set)
    names = dict(criteria_set.indicators.values_list("number", "name"))
    pages = {item.key: item.page_key for item in items}
    return [
        Credit(
            number,
            names[number],
            _("Indicator %(number)s · %(name)s") % {"number": number, "name": names[number]},
            suggestion.points,
            measure.maxima[number],
            _counted(suggestion, {key: key for key in pages}),
            _counted(suggestion, pages),
        )
        for number, suggestion in suggest(items, measure.rules, measure.maxima, measure.step).items()
        if suggestion.points is not None
    ]


def _counted(suggestion: Suggestion, places: Mapping[str, str]) -> dict[str, Decimal]:
    """What the facts add, by the place of each."""
    found: dict[str, Decimal] = {}
    for line in suggestion.trace:
        place = places[line["evidence"]]
        found[place] = found.get(place, Decimal(0)) + Decimal(line["counted"])
    return found


def _set_of(person_id: int, day: datetime.date) -> CriteriaSet | None:
    dossier = Dossier.objects.filter(person=person_id, year=day.year).select_related("criteria_set").first()
    if dossier is not None:
        return dossier.criteria_set
    person = Person.objects.get(pk=person_id)
    unit = unit_of(person, day)
    return CriteriaSet.objects.for_person(group_of(person, day), unit, day) if unit else None
