"""What a person's facts count for by the criteria that hold for them."""

import datetime
from decimal import Decimal

from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.actions import open_dossier
from evaluation.dossiers.models import Dossier
from learning.evidence.registries.worth import credits_of
from tests.factories.evaluation import AT, YEAR, evidence_for, sample_criteria
from tests.factories.people import PersonFactory
from tests.queries import assert_constant_queries

DAY = datetime.date(YEAR, 12, 1)


def test_a_course_on_digital_skills_counts_for_reading_and_for_digital_skills(standing):
    sample_criteria()
    course = evidence_for(standing.an.person)
    given = {credit.number: credit.by_fact.get(str(course.pk)) for credit in credits_of(standing.an.person_id, DAY)}
    assert (given[1], given[5], given[6]) == (Decimal("1.5"), Decimal(4), None)
    assert 4 not in given  # no rule: nothing is suggested there


def test_who_belongs_nowhere_has_nothing_counted(standing):
    sample_criteria()
    assert credits_of(PersonFactory().pk, DAY) == []


def test_it_counts_by_the_criteria_that_the_dossier_was_opened_with(world):
    open_dossier(person=world.an.person, year=YEAR, by=world.an, at=AT)
    frame = CriteriaSet.objects.exclude(pk=Dossier.objects.get().criteria_set_id).exclude(group="").first()
    Dossier.objects.update(criteria_set=frame)
    evidence_for(world.an.person)
    names = dict(frame.indicators.values_list("number", "name"))
    credits = credits_of(world.an.person_id, DAY)
    assert credits
    assert [credit.name for credit in credits] == [names[credit.number] for credit in credits]


def test_more_facts_cost_no_more_queries(standing):
    sample_criteria()
    evidence_for(standing.an.person)
    assert_constant_queries(
        lambda: credits_of(standing.an.person_id, DAY), lambda: [evidence_for(standing.an.person) for _n in range(5)]
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
    assert page.index("Lý do: Ảnh mờ") < page.index('id="chapter-5"')
    assert 'id="chapter-0"' not in page
    assert "+1,5 cho chỉ số 1" in page
