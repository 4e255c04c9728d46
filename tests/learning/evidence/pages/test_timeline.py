"""A year by what its facts count for: each once, what was refused on top."""

from decimal import Decimal

import pytest

from learning.evidence.pages.timeline import timeline
from learning.evidence.registries import worth
from learning.evidence.registries.worth import Credit
from tests.factories.evaluation import YEAR, evidence_for, sample_criteria


@pytest.fixture
def told():
    """What judging would say; told in the list."""
    before, said = worth.sources[:], []
    worth.sources[:] = [lambda person_id, day: said]
    yield said
    worth.sources[:] = before


def credit(number, name, points, by_fact):
    return Credit(number, name, f"Chỉ số {number}", points, Decimal(10), by_fact, {})


def test_each_fact_stands_once_where_it_gave_most(standing, told):
    both = evidence_for(standing.an.person, title="Cả hai")
    alone = evidence_for(standing.an.person, title="Một chỗ")
    evidence_for(standing.an.person, title="Không chỗ nào")
    first = credit(1, "Đọc", Decimal("3.5"), {str(both.pk): Decimal("1.5"), str(alone.pk): Decimal(2)})
    fifth = credit(5, "Số", Decimal(4), {str(both.pk): Decimal(4)})
    told += [first, fifth]
    chapters = timeline(standing.an.person, YEAR).chapters
    assert [chapter.credit and chapter.credit.number for chapter in chapters] == [1, 5, None]
    assert [[entry.line.evidence.title for entry in chapter.entries] for chapter in chapters] == [
        ["Một chỗ"],
        ["Cả hai"],
        ["Không chỗ nào"],
    ]
    [entry] = chapters[1].entries
    assert (entry.points, entry.others) == (Decimal(4), [(first, Decimal("1.5"))])


def test_what_was_refused_is_named_apart_until_somebody_confirms_it(standing, told):
    refused = {"kind": "external_certificate", "details": {"refused_reason": "Ảnh mờ"}}
    evidence_for(standing.an.person, title="Ảnh mờ", source="self", verification="none", **refused)
    evidence_for(standing.an.person, title="Đã xem", verification="document_seen", **refused)
    found = timeline(standing.an.person, YEAR)
    assert [line.evidence.title for line in found.refused] == ["Ảnh mờ"]
    assert [entry.line.evidence.title for chapter in found.chapters for entry in chapter.entries] == ["Đã xem"]


def test_a_year_of_nothing_but_a_refusal_is_not_empty(standing, told):
    refused = {"kind": "external_certificate", "details": {"refused_reason": "Ảnh mờ"}}
    evidence_for(standing.an.person, source="self", verification="none", **refused)
    assert not timeline(standing.an.person, YEAR).is_empty


def test_a_year_without_facts_is_empty(standing, told):
    told.append(credit(1, "Đọc", Decimal(0), {}))
    assert timeline(standing.an.person, YEAR).is_empty


def test_the_page_shows_the_year_by_indicator_and_refusals_on_top(standing, client):
    sample_criteria()
    evidence_for(standing.an.person)
    refused = {"kind": "external_certificate", "source": "self", "verification": "none"}
    evidence_for(standing.an.person, **refused, details={"refused_reason": "Ảnh mờ"})
    client.force_login(standing.an)
    page = client.get("/minh-chung/", {"nam": YEAR}).content.decode()
    assert page.index("Lý do: Ảnh mờ") < page.index('id="chapter-5"')
    assert 'id="chapter-0"' not in page
    assert "+1,5 cho chỉ số 1" in page
