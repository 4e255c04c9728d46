"""Scores of a person who is erased."""

from django.db import transaction

from evaluation.criteria.models import PreviewLine, SuggestedScores


@transaction.atomic
def erase_scores(*, person_ids: list[int]) -> None:
    """Part of an erasure. The summary of a preview stays as it was calculated. Run twice it finds nothing left."""
    SuggestedScores.objects.filter(person__in=person_ids).delete()
    PreviewLine.objects.filter(person__in=person_ids).delete()
