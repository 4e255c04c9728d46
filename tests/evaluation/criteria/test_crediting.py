"""What a person's facts count for by the criteria that hold for them."""

from decimal import Decimal

from evaluation.criteria.crediting import credits_of
from tests.factories.evaluation import YEAR, evidence_for, sample_criteria
from tests.factories.people import PersonFactory
from tests.queries import assert_constant_queries


def test_a_course_on_digital_skills_counts_for_reading_and_for_digital_skills(standing):
    sample_criteria()
    course = evidence_for(standing.an.person)
    given = {credit.number: credit.by_fact.get(str(course.pk)) for credit in credits_of(standing.an.person, YEAR)}
    assert (given[1], given[5], given[6]) == (Decimal("1.5"), Decimal(4), None)
    assert 4 not in given  # no rule: nothing is suggested there


def test_who_belongs_nowhere_has_nothing_counted(standing):
    sample_criteria()
    assert credits_of(PersonFactory(), YEAR) == []


def test_more_facts_cost_no_more_queries(standing):
    sample_criteria()
    assert_constant_queries(
        lambda: credits_of(standing.an.person, YEAR), lambda: [evidence_for(standing.an.person) for _n in range(5)]
    )


def test_the_page_shows_the_year_by_indicator_and_refusals_on_top(standing, client):
    sample_criteria()
    evidence_for(standing.an.person)
    evidence_for(
        standing.an.person,
        kind="external_certificate",
        source="self",
        verification="none",
        details={"refused_reason": "Ảnh mờ"},
    )
    client.force_login(standing.an)
    page = client.get("/minh-chung/", {"nam": YEAR}).content.decode()
    assert page.index("Lý do: Ảnh mờ") < page.index('id="chapter-5"') < page.index('id="chapter-0"')
    assert "+1,5 cho chỉ số 1" in page
