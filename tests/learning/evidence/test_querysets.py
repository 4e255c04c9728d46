import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from learning.evidence.actions import record
from learning.evidence.models import Evidence
from membership.models import Membership, Role
from tests.factories.evidence import NOW, a_fact

UTC = datetime.UTC


@pytest.mark.parametrize(
    ("who", "sees"),
    [("an", True), ("chi", True), ("dung", True), ("lan", True), ("giang", True), ("minh", True), ("binh", False),
     ("ha", False)],
)  # fmt: skip
def test_evidence_is_seen_by_oneself_and_where_dossiers_may_be_viewed(standing, who, sees):
    evidence = record(fact=a_fact(standing.an.person), by=None, at=NOW)
    assert list(Evidence.objects.visible_to(getattr(standing, who))) == ([evidence] if sees else [])


def test_who_is_not_signed_in_sees_none(standing):
    record(fact=a_fact(standing.an.person), by=None, at=NOW)
    assert not Evidence.objects.visible_to(AnonymousUser())


def test_who_moved_is_seen_by_the_new_units_officers_too(standing):
    evidence = record(fact=a_fact(standing.an.person), by=None, at=NOW)
    Membership.objects.create(
        person=standing.an.person, unit=standing.foreign_chapter, role=Role.MEMBER, valid_from=NOW.date()
    )
    assert list(Evidence.objects.visible_to(standing.ha)) == [evidence]


def test_year_begins_and_ends_at_midnight_in_viet_nam(standing):
    person = standing.an.person
    moments = {
        "before": datetime.datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC),
        "first": datetime.datetime(2025, 12, 31, 17, 0, tzinfo=UTC),
        "last": datetime.datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC),
        "after": datetime.datetime(2026, 12, 31, 17, 0, tzinfo=UTC),
    }
    for title, moment in moments.items():
        record(fact=a_fact(person, title=title, occurred_at=moment), by=None, at=NOW)

    assert {evidence.title for evidence in Evidence.objects.for_person_year(person, 2026)} == {"first", "last"}


def test_a_persons_year_is_read_through_the_index(standing):
    plan = Evidence.objects.filter(person=standing.an.person).of_year(2026).order_by().explain()
    assert "evidence_person_when" in plan or connection.vendor == "postgresql"  # which scans small tables whole


def test_years_are_those_with_standing_facts(standing):
    person = standing.an.person
    old = record(fact=a_fact(person, occurred_at=NOW.replace(year=2024)), by=None, at=NOW)
    record(fact=a_fact(person, occurred_at=NOW.replace(year=2025)), by=None, at=NOW, supersedes=old)
    record(fact=a_fact(person), by=None, at=NOW)
    assert Evidence.objects.years(person) == [2026, 2025]
