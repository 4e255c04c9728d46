"""Figures of all indicators in one column, on the database that DATABASE_URL names."""

import pytest
from django.core import serializers

from evaluation.criteria.models import SuggestedScores

FIGURES = [80, None, 0]


@pytest.fixture
def stored(db):
    SuggestedScores.objects.create(
        year=2026, person_id=1, unit_id=1, criteria_set_id=1, tenths=FIGURES, total_tenths=80
    )
    return SuggestedScores.objects.get()


def test_figures_come_back_as_they_were_written(stored):
    assert stored.tenths == FIGURES


def test_figures_pass_through_a_dump(stored):
    dump = serializers.serialize("json", [stored])
    SuggestedScores.objects.all().delete()
    for row in serializers.deserialize("json", dump):
        row.save()
    assert SuggestedScores.objects.get().tenths == FIGURES
