import datetime
from decimal import Decimal

import pytest

from tests.factories.evidence import a_fact
from tests.factories.people import PersonFactory

PERSON = PersonFactory.build(pk=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "  "},
        {"source_key": ""},
        {"source_key": "k" * 121},
        {"score": Decimal("1.01")},
        {"score": Decimal("-0.1")},
        {"occurred_at": datetime.datetime(2026, 5, 4)},
    ],
)
def test_what_no_fact_can_be_is_refused(changes):
    with pytest.raises(ValueError):  # noqa: PT011
        a_fact(PERSON, **changes)


def test_title_is_composed_and_cut_to_what_the_ledger_holds():
    assert a_fact(PERSON, title=" Học tập ").title == "Học tập"
    assert len(a_fact(PERSON, title="h" * 300).title) == 255


def test_year_is_that_of_viet_nam():
    assert a_fact(PERSON, occurred_at=datetime.datetime(2025, 12, 31, 17, 0, tzinfo=datetime.UTC)).year == 2026
