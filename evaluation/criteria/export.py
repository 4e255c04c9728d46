"""What a person takes along of the scoring of everyone."""

from typing import Any

from evaluation.criteria.models import SuggestedScores
from membership.models import Person


def scores_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's."""
    rows = SuggestedScores.objects.filter(person__in=Person.objects.records_of(person)).select_related("criteria_set")
    return {"suggested_scores": [_scores(row) for row in rows.order_by("year", "person")]}


def _scores(row: SuggestedScores) -> dict[str, Any]:
    return {
        "year": row.year,
        "criteria_set": str(row.criteria_set),
        "points": [None if tenths is None else tenths / 10 for tenths in row.tenths],
        "total": row.total_tenths / 10,
    }
