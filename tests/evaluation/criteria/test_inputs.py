"""What scoring reads of a person and a set, in few queries, is what stands."""

import datetime

import pytest

from evaluation.criteria.actions import draft_from, load_sample
from evaluation.criteria.inputs import measure_of, standing_items
from evaluation.criteria.models import CriteriaSet, EvidenceRule
from learning.evidence.kinds import WITHDRAWAL
from learning.evidence.models import Evidence
from membership.models import TargetGroup
from tests.factories.evaluation import AT, YEAR, evidence_for, evidence_items
from tests.laid import laid_once
from tests.queries import count_queries

LAST_YEAR = datetime.datetime(YEAR - 1, 6, 1, tzinfo=datetime.UTC)


def by_queryset(person):
    return evidence_items(Evidence.objects.filter(person=person).standing().of_year(YEAR))


def by_values(person):
    return standing_items(person.pk, YEAR)


@pytest.mark.parametrize("what", ["nothing", "facts", "corrected", "taken back", "moved to another year", "moved here"])
def test_the_short_way_reads_what_the_long_way_reads(standing, what):
    person = standing.an.person
    if what != "nothing":
        first = evidence_for(person, details={"issuer": "Trung tâm"})
        evidence_for(person, score=None, page_key=None, topics=[])
        evidence_for(person, occurred_at=LAST_YEAR)
        evidence_for(standing.binh.person)
    if what == "corrected":
        evidence_for(person, supersedes=evidence_for(person, supersedes=first))
    if what == "taken back":
        evidence_for(person, supersedes=first, kind=WITHDRAWAL)
    if what == "moved to another year":
        evidence_for(person, supersedes=first, occurred_at=LAST_YEAR)
    if what == "moved here":
        evidence_for(person, supersedes=evidence_for(person, occurred_at=LAST_YEAR))

    items, has_corrections = by_values(person)

    assert sorted(items, key=lambda item: item.key) == sorted(by_queryset(person), key=lambda item: item.key)
    assert has_corrections == (what not in {"nothing", "facts"})


@pytest.fixture
@laid_once
def sealed(standing):
    load_sample(by=None, at=AT)
    return CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)


def test_a_set_in_force_is_read_once(sealed):
    first = measure_of(sealed)

    assert count_queries(lambda: measure_of(sealed)) == 0
    assert len(first.maxima) == 10
    assert len(first.rules) == EvidenceRule.objects.filter(indicator__criteria_set=sealed).count()


def test_a_draft_is_read_anew_each_time(standing, sealed):
    day = datetime.date(2027, 1, 1)
    draft = draft_from(
        criteria_set=sealed, version="2027", valid_from=day, unit=standing.province, by=standing.giang, at=AT
    )
    before = len(measure_of(draft).rules)
    EvidenceRule.objects.filter(indicator__criteria_set=draft).first().delete()

    assert len(measure_of(draft).rules) == before - 1
