"""What facts count for: told to the page of one's evidence whole, and to teaching for the pages that it asks about."""

import datetime
import uuid
from decimal import Decimal

import pytest

from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.actions import open_dossier, rescore
from evaluation.dossiers.models import Dossier
from learning.evidence.kinds import Kind
from learning.evidence.registries.worth import credits_of, worth_of
from membership.models import Membership
from tests.factories.evaluation import AT, YEAR, evidence_for
from tests.queries import assert_constant_queries

DAY = datetime.date(YEAR, 12, 1)
QUIZ = uuid.uuid4()


@pytest.fixture
def person(world):
    return world.an.person


def _passed(person, key=QUIZ, **values):
    return evidence_for(person, kind=Kind.QUIZ_PASSED, topics=["chu-de-la"], page_key=key, **values)


def _points(found):
    return [(worth.number, worth.points, worth.total) for worth in found]


def test_names_each_indicator_with_what_the_facts_add_and_what_all_suggest(person):
    _passed(person, uuid.uuid4())
    _passed(person)
    found = worth_of(person.pk, [QUIZ], DAY)
    assert _points(found) == [(1, Decimal("1.0"), Decimal("2.0"))]
    assert found[0].name.startswith("Chỉ số 1 · ")


def test_says_so_where_others_have_filled_it_already(person):
    for day in (1, 2, 3):
        _passed(person, uuid.uuid4(), occurred_at=datetime.datetime(YEAR, 3, day, tzinfo=datetime.UTC))
    _passed(person)
    assert _points(worth_of(person.pk, [QUIZ], DAY)) == [(1, Decimal("0.0"), Decimal("3.0"))]


def test_other_pages_other_years_and_other_people_count_for_nothing(person, world):
    _passed(person)
    assert worth_of(person.pk, [uuid.uuid4()], DAY) == []
    assert worth_of(person.pk, [QUIZ], DAY.replace(year=YEAR - 1)) == []
    assert worth_of(world.chi.person.pk, [QUIZ], DAY) == []


def test_an_open_dossier_keeps_its_own_criteria(person, world):
    open_dossier(person=person, year=YEAR, by=world.an, at=AT)
    frame = CriteriaSet.objects.exclude(pk=Dossier.objects.get().criteria_set_id).exclude(group="").first()
    Dossier.objects.update(criteria_set=frame)
    _passed(person)
    names = [one.name for one in worth_of(person.pk, [QUIZ], DAY)]
    expected = frame.indicators.filter(rules__kind=Kind.QUIZ_PASSED, rules__topic="").values_list("name", flat=True)
    assert [name.partition(" · ")[2] for name in names] == list(expected)


def test_who_belongs_nowhere_is_told_nothing(person):
    _passed(person)
    Membership.objects.filter(person=person).delete()
    assert worth_of(person.pk, [QUIZ], DAY) == []


def test_a_course_on_digital_skills_counts_for_reading_and_for_digital_skills(person):
    course = evidence_for(person)
    given = {credit.number: credit.by_fact.get(str(course.pk)) for credit in credits_of(person.pk, DAY)}
    assert (given[1], given[5], given[6]) == (Decimal("1.5"), Decimal(4), None)
    assert 4 not in given  # no rule: nothing is suggested there


def test_a_decided_dossier_says_what_it_was_decided_by(person, world):
    _passed(person)
    dossier = open_dossier(person=person, year=YEAR, by=world.an, at=AT)
    rescore(dossier=dossier, at=AT)
    Dossier.objects.update(state=Dossier.State.RECOGNISED)
    late = uuid.uuid4()
    _passed(person, late)
    assert _points(worth_of(person.pk, [QUIZ], DAY)) == [(1, Decimal("1.0"), Decimal("1.0"))]
    assert worth_of(person.pk, [late], DAY) == []


def test_a_dossier_that_gave_way_at_a_merge_is_not_asked(person, world):
    aside = open_dossier(person=person, year=YEAR, by=world.an, at=AT)
    frame = CriteriaSet.objects.exclude(pk=aside.criteria_set_id).exclude(group="").first()
    Dossier.objects.update(state=Dossier.State.SET_ASIDE, criteria_set=frame)
    _passed(person)
    stands = CriteriaSet.objects.for_person(aside.group, aside.unit, DAY)
    names = dict(stands.indicators.values_list("number", "name"))
    found = credits_of(person.pk, DAY)
    assert found
    assert [credit.name for credit in found] == [names[credit.number] for credit in found]


def test_more_facts_cost_no_more_queries(person):
    evidence_for(person)
    assert_constant_queries(lambda: credits_of(person.pk, DAY), lambda: [evidence_for(person) for _n in range(5)])
