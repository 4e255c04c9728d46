import pytest

from evaluation.reporting.actions import load_targets
from tests.factories.evaluation import AT, sample_criteria
from tests.laid import laid_once


@pytest.fixture
@laid_once
def world(standing):
    """The standing people, with criteria, chains and targets in force."""
    sample_criteria()
    load_targets(by=None, at=AT)
    return standing
