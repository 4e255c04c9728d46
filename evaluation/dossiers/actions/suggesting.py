"""What evidence suggests. The rows are the record: no entry in the audit log."""

import datetime

from django.db import transaction

from evaluation.criteria.inputs import evidence_items, rules_of
from evaluation.criteria.scoring import Suggestion, suggest
from evaluation.dossiers.models import Dossier, IndicatorScore
from learning.evidence.models import Evidence


@transaction.atomic
def rescore(*, dossier: Dossier, at: datetime.datetime) -> Dossier:
    """Suggests anew from the evidence of 1 January to 31 December that stands. Idempotent; a decided dossier keeps
    the figures that its decision froze."""
    current = Dossier.objects.select_for_update(of=("self",)).select_related("criteria_set").get(pk=dossier.pk)
    if current.is_decided:
        return current
    _follow_corrections(current)
    suggestions = suggestions_for(current)
    changed = []
    for score in IndicatorScore.objects.filter(dossier=current).select_related("indicator"):
        suggestion = suggestions[score.indicator.number]
        trace = list(suggestion.trace)
        if (score.suggested_points, score.suggested_trace) != (suggestion.points, trace):
            score.suggested_points, score.suggested_trace = suggestion.points, trace
            changed.append(score)
    IndicatorScore.objects.bulk_update(changed, ["suggested_points", "suggested_trace"])
    return current


def suggestions_for(dossier: Dossier) -> dict[int, Suggestion]:
    """By indicator number; three queries."""
    evidence = Evidence.objects.filter(person=dossier.person_id).standing().of_year(dossier.year)
    maxima = dict(dossier.criteria_set.indicators.values_list("number", "maximum"))
    return suggest(evidence_items(evidence), rules_of(dossier.criteria_set), maxima, dossier.criteria_set.step)


def _follow_corrections(dossier: Dossier) -> None:
    """Attached evidence that has been superseded gives way to what supersedes it."""
    attached = IndicatorScore.evidence.through.objects.filter(
        indicatorscore__dossier=dossier, evidence__superseded_by__isnull=False
    ).select_related("indicatorscore", "evidence__superseded_by")
    while rows := list(attached.all()):
        for row in rows:
            row.indicatorscore.evidence.add(row.evidence.superseded_by)
            row.delete()
