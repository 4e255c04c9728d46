"""What evidence suggests. The rows are the record: no entry in the audit log."""

import datetime
import json

from django.db import connection, transaction

from evaluation.criteria.inputs import measure_of, standing_items
from evaluation.criteria.scoring import suggest
from evaluation.dossiers.models import Dossier, IndicatorScore

_UPDATE = "UPDATE dossiers_indicatorscore SET suggested_points = %s, suggested_trace = %s WHERE id = %s"


@transaction.atomic
def rescore(*, dossier: Dossier, at: datetime.datetime) -> Dossier:
    """Suggests anew from the evidence of 1 January to 31 December that stands. Idempotent; a decided dossier keeps
    the figures that its decision froze."""
    current = Dossier.objects.select_for_update(of=("self",)).select_related("criteria_set").get(pk=dossier.pk)
    if not current.is_decided:
        suggest_anew(current)
    return current


def suggest_anew(dossier: Dossier) -> None:
    """Writes what changed. The caller holds the row. Three queries where nothing was corrected: this runs after every
    new piece of evidence, so it builds no objects."""
    items, has_corrections = standing_items(dossier.person_id, dossier.year)
    if has_corrections:
        _follow_corrections(dossier)
    measure = measure_of(dossier.criteria_set)
    suggestions = suggest(items, measure.rules, measure.maxima, measure.step)
    rows = IndicatorScore.objects.filter(dossier=dossier).order_by()
    changed = [
        (suggestion.points, json.dumps(suggestion.trace), pk)
        for pk, number, points, trace in rows.values_list(
            "pk", "indicator__number", "suggested_points", "suggested_trace"
        )
        if (suggestion := suggestions[number]).points != points or list(suggestion.trace) != trace
    ]
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany(_UPDATE, changed)


def _follow_corrections(dossier: Dossier) -> None:
    """Attached evidence that has been superseded gives way to what supersedes it."""
    attached = IndicatorScore.evidence.through.objects.filter(
        indicatorscore__dossier=dossier, evidence__superseded_by__isnull=False
    ).select_related("indicatorscore", "evidence__superseded_by")
    while rows := list(attached.all()):
        for row in rows:
            row.indicatorscore.evidence.add(row.evidence.superseded_by)
            row.delete()
