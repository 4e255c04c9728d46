"""What `make bench-roster` does with 400,000 people, with 300."""

from tests.bench_import.roster import report


def test_a_long_list_comes_in_is_known_again_and_goes_out(db, monkeypatch):
    monkeypatch.setattr("tests.bench_import.roster.MEGABYTES", 10_000)  # the process has run other tests
    assert report(300)
