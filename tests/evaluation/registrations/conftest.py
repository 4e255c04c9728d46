import pytest

from tests.factories.evaluation import sample_criteria
from tests.laid import laid_once


@pytest.fixture
@laid_once
def world(standing):
    """The standing people, with criteria and chains in force."""
    sample_criteria()
    return standing
