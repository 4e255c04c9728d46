from dataclasses import replace

import pytest

from evaluation.reporting.actions import load_targets
from evaluation.reporting.definitions import AIMS, DEFINITIONS, Measure
from tests.factories.evaluation import AT, sample_criteria
from tests.laid import laid_once


@pytest.fixture
@laid_once
def world(standing):
    """The standing people, with criteria, chains and targets in force."""
    sample_criteria()
    load_targets(by=None, at=AT)
    return standing


@pytest.fixture
def entered_adults(monkeypatch):
    """A target whose denominator officers enter, as one is that no record here can count."""
    place = next(index for index, one in enumerate(DEFINITIONS) if one.key == Measure.ADULTS_TITLED)
    counted = DEFINITIONS[place]
    monkeypatch.setitem(AIMS, Measure.ADULTS_TITLED, replace(AIMS[Measure.ADULTS_TITLED], entered_as="Người lớn"))
    DEFINITIONS[place] = replace(counted, numerator="titled", denominator="")
    yield
    DEFINITIONS[place] = counted
