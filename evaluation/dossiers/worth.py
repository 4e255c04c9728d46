"""What facts count for in a person's dossier of the year: said to teaching, which shows it beside a result."""

import datetime
from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from evaluation.criteria.inputs import measure_of, standing_items
from evaluation.criteria.models import CriteriaSet
from evaluation.criteria.scoring import suggest
from evaluation.dossiers.models import Dossier
from learning.evidence.registries.worth import Worth
from membership.belonging import group_of, unit_of
from membership.models import Person


def worth_of(person_id: int, page_keys: Collection[UUID], day: datetime.date) -> list[Worth]:
    """By the criteria of the dossier; before it is opened, by those that hold for the person on the day.

    Three queries with a dossier, six without, and what reading a set costs that was not read before.
    """
    items, _has_corrections = standing_items(person_id, day.year)
    keys = {str(key) for key in page_keys}
    facts = {item.key for item in items if item.page_key in keys}
    criteria_set = _set_of(person_id, day) if facts else None
    if criteria_set is None:
        return []
    measure = measure_of(criteria_set)
    names = dict(criteria_set.indicators.values_list("number", "name"))
    found = []
    for number, suggestion in suggest(items, measure.rules, measure.maxima, measure.step).items():
        counted = [Decimal(line["counted"]) for line in suggestion.trace if line["evidence"] in facts]
        if counted and suggestion.points is not None:
            points = sum(counted, Decimal(0))
            name = _("Indicator %(number)s · %(name)s") % {"number": number, "name": names[number]}
            found.append(Worth(number, name, points, suggestion.points, measure.maxima[number]))
    return found


def _set_of(person_id: int, day: datetime.date) -> CriteriaSet | None:
    dossier = Dossier.objects.filter(person=person_id, year=day.year).select_related("criteria_set").first()
    if dossier is not None:
        return dossier.criteria_set
    person = Person.objects.get(pk=person_id)
    unit = unit_of(person, day)
    return CriteriaSet.objects.for_person(group_of(person, day), unit, day) if unit else None
