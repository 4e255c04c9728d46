import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.actions import (
    load_chains,
    open_dossier,
    rescore,
    submit,
)
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.bodies import chain_for
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.tasks import rescore_dossier
from learning.evidence.actions import withdraw
from learning.evidence.kinds import Kind
from membership.models import Person, TargetGroup, UnitKind
from tests.factories.evaluation import (
    AT,
    YEAR,
    draft_dossier,
    evidence_for,
    member_without_account,
    sample_criteria,
    write_one,
)
from tests.factories.people import add_unit


@pytest.fixture
def criteria(standing):
    sample_criteria()


def open_for(user, year=YEAR):
    return open_dossier(person=user.person, year=year, by=user, at=AT)


def test_opening_freezes_unit_group_criteria_and_chain_with_ten_rows(standing, criteria):
    dossier = open_for(standing.an)
    assert (dossier.unit, dossier.group) == (standing.chapter, TargetGroup.RESIDENTS)
    assert dossier.criteria_set == CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)
    assert [step.unit_kind for step in dossier.chain.steps.all()] == ["chapter", "association", "commune"]
    assert dossier.scores.count() == 10
    assert not dossier.is_assisted


def test_opening_twice_gives_the_same(standing, criteria):
    assert open_for(standing.an) == open_for(standing.an)
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("name", ["binh", "lan", "giang", "minh", "ha"])
def test_opening_for_another_is_refused_to_who_may_not_assist(standing, criteria, name):
    with pytest.raises(PermissionDenied):
        open_dossier(person=standing.an.person, year=YEAR, by=getattr(standing, name), at=AT)


def test_an_officer_opens_for_a_person_and_it_is_marked(standing, criteria):
    person = member_without_account(standing.chapter)
    dossier = open_dossier(person=person, year=YEAR, by=standing.chi, at=AT)
    assert dossier.is_assisted


def test_a_year_that_has_not_begun_is_refused(standing, criteria):
    with pytest.raises(RefusedError):
        open_for(standing.an, year=2027)


def test_without_criteria_nothing_is_opened(standing):
    load_chains(by=None, at=AT)
    with pytest.raises(RefusedError):
        open_for(standing.an)
    assert not Dossier.objects.exists()


def test_people_of_an_agency_pass_through_its_own_bodies(standing, criteria):
    agency = add_unit(standing.commune, UnitKind.AGENCY, "CQ1", "Văn phòng Ủy ban nhân dân phường")
    chain = chain_for(TargetGroup.OFFICIALS, agency, AT.date())
    assert {step.unit_kind for step in chain.steps.all()} == {"agency"}
    assert len(chain_for(TargetGroup.OFFICIALS, standing.chapter, AT.date()).steps.all()) == 3


def test_chains_load_once(criteria):
    assert load_chains(by=None, at=AT) == []


def test_evidence_suggests_on_opening_with_its_trace(standing, criteria):
    evidence = evidence_for(standing.an.person)
    score = open_for(standing.an).scores.get(indicator__number=5)
    assert score.suggested_points == Decimal(4)
    assert [line["evidence"] for line in score.suggested_trace] == [str(evidence.pk)]
    assert score.self_points is None


def test_unsupported_indicators_have_no_suggestion(standing, criteria):
    assert open_for(standing.an).scores.get(indicator__number=9).suggested_points is None


def test_only_the_years_standing_evidence_counts(standing, criteria):
    utc = datetime.UTC
    evidence_for(standing.an.person, occurred_at=datetime.datetime(2026, 12, 31, 16, 59, tzinfo=utc))
    evidence_for(standing.an.person, occurred_at=datetime.datetime(2026, 12, 31, 17, 0, tzinfo=utc))
    superseded = evidence_for(standing.an.person)
    evidence_for(standing.an.person, supersedes=superseded, topics=["ngoai-ngu"])
    assert open_for(standing.an).scores.get(indicator__number=5).suggested_points == Decimal(4)


def test_the_task_suggests_anew_and_may_run_twice_and_opens_nothing(standing, criteria):
    dossier = open_for(standing.an)
    evidence_for(standing.an.person)
    rescore_dossier.enqueue(standing.an.person_id, YEAR)
    rescore_dossier.enqueue(standing.an.person_id, YEAR)
    assert dossier.scores.get(indicator__number=5).suggested_points == Decimal(4)
    rescore_dossier.enqueue(standing.ha.person_id, YEAR)
    assert Dossier.objects.count() == 1


def test_rescoring_costs_the_same_whatever_the_evidence(standing, criteria, django_assert_max_num_queries):
    dossier = open_for(standing.an)
    for _number in range(8):
        evidence_for(standing.an.person)
    with django_assert_max_num_queries(12):
        rescore(dossier=dossier, at=AT)


def test_own_score_is_kept_beside_the_suggestion(standing, criteria):
    evidence_for(standing.an.person)
    dossier = open_for(standing.an)
    write_one(dossier, 5, standing.an, points=Decimal("7.5"), note=" Dùng thạo ")
    score = dossier.scores.get(indicator__number=5)
    assert (score.self_points, score.suggested_points, score.self_note) == (Decimal("7.5"), Decimal(4), "Dùng thạo")


@pytest.mark.parametrize("points", ["-0.5", "10.5", "7.2"])
def test_own_points_outside_the_scale_are_refused(standing, criteria, points):
    with pytest.raises(RefusedError):
        write_one(open_for(standing.an), 1, standing.an, points=Decimal(points))


@pytest.mark.parametrize("name", ["binh", "lan", "giang", "minh", "ha"])
def test_scoring_for_another_is_refused(standing, criteria, name):
    dossier = open_for(standing.an)
    with pytest.raises(PermissionDenied):
        write_one(dossier, 1, getattr(standing, name), points=Decimal(5))


def test_what_an_officer_enters_marks_the_dossier(standing, criteria):
    dossier = open_for(standing.an)
    write_one(dossier, 1, standing.chi, points=Decimal(5))
    assert Dossier.objects.get(pk=dossier.pk).is_assisted


def test_own_evidence_of_the_year_is_attached_and_taken_away(standing, criteria):
    dossier, evidence = open_for(standing.an), evidence_for(standing.an.person)
    write_one(dossier, 9, standing.an, evidence=frozenset({evidence.pk}))
    write_one(dossier, 9, standing.an, evidence=frozenset({evidence.pk}))
    assert list(dossier.scores.get(indicator__number=9).evidence.all()) == [evidence]
    write_one(dossier, 9, standing.an, evidence=frozenset())
    write_one(dossier, 9, standing.an, evidence=frozenset())
    assert not dossier.scores.get(indicator__number=9).evidence.exists()


def test_anothers_evidence_is_refused(standing, criteria):
    dossier, foreign = open_for(standing.an), evidence_for(standing.ha.person)
    with pytest.raises(RefusedError):
        write_one(dossier, 9, standing.an, evidence=frozenset({foreign.pk}))


def test_attached_evidence_gives_way_to_what_supersedes_it(standing, criteria):
    dossier, evidence = open_for(standing.an), evidence_for(standing.an.person)
    write_one(dossier, 9, standing.an, evidence=frozenset({evidence.pk}))
    correction = evidence_for(standing.an.person, supersedes=evidence_for(standing.an.person, supersedes=evidence))
    rescore(dossier=dossier, at=AT)
    assert list(dossier.scores.get(indicator__number=9).evidence.all()) == [correction]


@pytest.mark.parametrize("objected_at", [None, AT])
def test_attached_evidence_that_is_taken_back_is_attached_no_more(standing, criteria, objected_at):
    Person.objects.filter(pk=standing.an.person_id).update(objected_at=objected_at)
    evidence = evidence_for(standing.an.person, kind=Kind.DECLARATION, source="self", verification="none")
    dossier = write_one(open_for(standing.an), 1, standing.an, evidence=frozenset({evidence.pk}))
    taken = withdraw(evidence=evidence, reason="Nhầm", by=standing.an, at=AT)
    rescore(dossier=dossier, at=AT)
    assert list(dossier.scores.get(indicator__number=1).evidence.all()) == []
    dossier.scores.get(indicator__number=1).evidence.add(taken)  # as it was before
    rescore(dossier=dossier, at=AT)
    assert list(dossier.scores.get(indicator__number=1).evidence.all()) == []


def test_what_is_handed_in_bears_the_level_at_which_its_person_signed_in(standing, criteria, client):
    standing.an.identity_level = "muc-2"
    submit(dossier=draft_dossier(standing.an), by=standing.an, at=AT)
    dossier = Dossier.objects.get(person=standing.an.person)
    assert dossier.identity_level == "muc-2"
    client.force_login(standing.chi)
    page = client.get(f"/danh-gia/ho-so/{dossier.pk}/")
    assert "mức định danh “muc-2”" in page.content.decode()


def test_submitting_needs_every_indicator(standing, criteria):
    dossier = open_for(standing.an)
    with pytest.raises(RefusedError, match="1, 2, 3"):
        submit(dossier=dossier, by=standing.an, at=AT)


def test_submitting_hands_it_to_the_first_body_and_closes_it(standing, criteria):
    dossier = submit(dossier=draft_dossier(standing.an), by=standing.an, at=AT)
    assert (dossier.state, dossier.current_unit) == (Dossier.State.IN_REVIEW, standing.chapter)
    with pytest.raises(RefusedError):
        write_one(dossier, 1, standing.an, points=Decimal(9))
    with pytest.raises(RefusedError):
        submit(dossier=dossier, by=standing.an, at=AT)


@pytest.mark.parametrize("name", ["binh", "lan", "giang", "minh", "ha"])
def test_submitting_for_another_is_refused(standing, criteria, name):
    with pytest.raises(PermissionDenied):
        submit(dossier=draft_dossier(standing.an), by=getattr(standing, name), at=AT)
