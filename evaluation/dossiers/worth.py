"""What facts count for in a person's dossier of the year: said to the page of their evidence, and to teaching, which
shows it beside a result."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from evaluation.criteria.inputs import Measure, measure_of, standing_items
from evaluation.criteria.models import CriteriaSet
from evaluation.criteria.scoring import EvidenceItem, Suggestion, counted_by_evidence, suggest
from evaluation.dossiers.models import Dossier
from learning.evidence.registries.worth import Credit
from membership.belonging import group_of, unit_of
from membership.models import Person


def credits_of(person_id: int, day: datetime.date) -> list[Credit]:
    """By the criteria of the dossier, at once; as it was decided, once it is. Before it is opened, by the criteria that
    hold for the person on the day.

    Four queries at most with a dossier, six without, and what reading a set costs that was not read before.
    """
    items, _has_corrections = standing_items(person_id, day.year)
    dossiers = Dossier.objects.of_year(person_id, day.year)
    dossier = dossiers.select_related("criteria_set").first() if items else None
    criteria_set = dossier.criteria_set if dossier else _set_of(person_id, day) if items else None
    if criteria_set is None:
        return []
    measure = measure_of(criteria_set)
    names = dict(criteria_set.indicators.values_list("number", "name"))
    pages = {item.key: item.page_key for item in items}
    return [
        _credit(number, names[number], suggestion, measure.maxima[number], pages)
        for number, suggestion in _suggested(dossier, items, measure).items()
        if suggestion.points is not None
    ]


def _suggested(dossier: Dossier | None, items: list[EvidenceItem], measure: Measure) -> Mapping[int, Suggestion]:
    """A task keeps the rows of an open dossier up to the evidence, a moment later: they are not waited for. What comes
    after a decision counts for nothing in it."""
    if dossier is None or not dossier.is_decided:
        return suggest(items, measure.rules, measure.maxima, measure.step)
    rows = dossier.scores.order_by("indicator__number")
    columns = rows.values_list("indicator__number", "suggested_points", "suggested_trace")
    return {number: Suggestion(points, tuple(trace)) for number, points, trace in columns}


def _credit(number: int, name: str, suggestion: Suggestion, maximum: Decimal, pages: Mapping[str, str]) -> Credit:
    by_fact = counted_by_evidence(suggestion.trace)
    by_page: dict[str, Decimal] = {}
    for key, points in by_fact.items():
        page = pages.get(key, "")
        by_page[page] = by_page.get(page, Decimal(0)) + points
    label = _("Indicator %(number)s · %(name)s") % {"number": number, "name": name}
    return Credit(number, name, label, suggestion.points or Decimal(0), maximum, by_fact, by_page)


def _set_of(person_id: int, day: datetime.date) -> CriteriaSet | None:
    person = Person.objects.get(pk=person_id)
    unit = unit_of(person, day)
    return CriteriaSet.objects.for_person(group_of(person, day), unit, day) if unit else None


def group_since(dossier: Dossier, day: datetime.date) -> str:
    """The person's group by now, where it is another than that to which this dossier answers to the end (0141)."""
    is_begun = dossier.state != Dossier.State.DRAFT or any(score.self_saved_at for score in dossier.scores.all())
    group = group_of(dossier.person, min(day, datetime.date(dossier.year, 12, 31)))
    return str(group.label) if is_begun and group != dossier.group else ""
