"""What `make bench-intake` does with 400,000 lines, with 2,500."""

import pytest

from intake.models import ImportLine
from tests.bench_import.lines import report, table


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_long_table_comes_in_and_goes_out_again(db, ending, monkeypatch):
    monkeypatch.setattr("tests.bench_import.lines.MEGABYTES", 10_000)  # the process has run other tests
    assert report(2500, ending, table(2500, ending))
    assert ImportLine.objects.filter(content__isnull=True).count() == 2500
