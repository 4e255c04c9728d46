import pytest

from tests.factories.evaluation import sample_criteria


@pytest.fixture
def world(standing):
    """The standing people, with criteria and chains in force."""
    sample_criteria()
    return standing
