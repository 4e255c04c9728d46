"""A small world, counted by hand.

Chapter: An (titled, own account, digital course), P1 (titled, helped by an officer, no digital skills), P2 (member,
studied), Chi (member and officer). Other people of the commune: Dũng in the association, Lan in the commune.
Province: Bình, Giang, Minh. Foreign association: Hà, and in its chapter P3 (titled).
"""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.models import Dossier, IndicatorScore, ReviewChain
from evaluation.recognition.actions import revoke
from evaluation.recognition.models import Decision, Title
from evaluation.reporting.actions import enter_denominator
from evaluation.reporting.definitions import Measure
from evaluation.reporting.figures import cutoff, figures, overview
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Verification
from learning.sessions.actions import How, hold_session, note_attendance
from learning.sessions.models import Session
from membership.models import Membership, Role, TargetGroup
from tests.factories.evaluation import AT, YEAR, evidence_for, member_without_account
from tests.factories.people import START
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.usefixtures("entered_adults")

TODAY = datetime.date(2026, 11, 23)
HOUR = datetime.timedelta(hours=1)
ADULTS = Measure.ADULTS_TITLED


def give_title(standing, person, unit, *, group=TargetGroup.RESIDENTS, is_assisted=False, year=YEAR):
    """A title as a decision leaves it, without the way there."""
    chain = ReviewChain.objects.filter(group=group).first()
    criteria = CriteriaSet.objects.get(group=group)
    dossier = Dossier.objects.create(
        person=person,
        year=year,
        unit=unit,
        group=group,
        criteria_set=criteria,
        chain=chain,
        state=Dossier.State.RECOGNISED,
        is_assisted=is_assisted,
        opened_at=AT,
        submitted_at=AT,
        decided_at=AT,
    )
    IndicatorScore.objects.create(
        dossier=dossier, indicator=criteria.indicators.first(), self_points=8, reviewed_points=8
    )
    decision, _is_new = Decision.objects.get_or_create(
        unit=standing.commune,
        year=year,
        number="1/QĐ-UBND",
        signed_on=AT.date(),
        issued_at=AT,
        defaults={
            "created_at": AT,
            "created_by": standing.lan,
            "register_year": AT.year,
            "effective_at": AT,
            "way": "former",
        },
    )
    return Title.objects.create(
        decision=decision,
        dossier=dossier,
        unit=dossier.unit,
        person=person,
        identity=person,
        name=person.full_name,
        place=dossier.unit.name,
        year=year,
        number=f"{dossier.pk}-1/QĐ-UBND",
        code=f"TEST-{dossier.pk:04d}-CODE",
        total=80,
    )


def study_criteria(person, **values):
    return evidence_for(person, topics=["khac", "tieu-chi-cong-dan-hoc-tap"], **values)


@pytest.fixture
def people(world):
    """P1, P2 and P3."""
    first, second = member_without_account(world.chapter), member_without_account(world.chapter)
    foreign = member_without_account(world.foreign_chapter)
    give_title(world, world.an.person, world.chapter)
    give_title(world, first, world.chapter, is_assisted=True)
    give_title(world, foreign, world.foreign_chapter)
    evidence_for(world.an.person)  # a digital course
    study_criteria(second, kind=Kind.QUIZ_PASSED)
    study_criteria(world.chi.person)
    return first, second, foreign


def counted(unit, year=YEAR, today=TODAY):
    return {
        figure.definition.key: (figure.numerator, figure.denominator, figure.share)
        for figure in figures(unit, year, today)
    }


def test_a_chapter_counted_by_hand(world, people):
    found = counted(world.chapter)
    assert found["studied_criteria"] == (2, 4, Decimal(50))  # P2 and Chi, of An, P1, P2 and Chi
    assert found["adults_titled"] == (2, None, None)
    assert found["digital_skills"] == (1, 2, Decimal(50))
    assert found["self_updated"] == (1, 2, Decimal(50))
    assert found["self_updated_of_skilled"] == (1, 1, Decimal(100))


def test_a_commune_counts_everyone_beneath_once(world, people):
    Membership.objects.create(
        person=world.an.person, unit=world.association, role=Role.COMMUNE_OFFICER, valid_from=START
    )
    assert counted(world.commune)["studied_criteria"] == (2, 6, Decimal("33.3"))


def test_the_province_counts_both_communes(world, people):
    found = counted(world.province)
    assert found["digital_skills"] == (1, 3, Decimal("33.3"))
    assert found["studied_criteria"][:2] == (2, 11)


def test_goals_are_those_of_the_years_target(world):
    goals = [figure.percent_goal for figure in figures(world.province, 2026, TODAY)]
    assert goals == [100, 60, 80, 90, 80, 80]
    assert [figure.percent_goal for figure in figures(world.province, 2025, TODAY)] == [100, 40, 60, 70, 60, 60]


def test_a_missing_denominator_is_never_zero_percent(world, people):
    figure = figures(world.chapter, YEAR, TODAY)[1]
    assert (figure.denominator, figure.share, figure.is_reached) == (None, None, False)


def test_an_entered_denominator_gives_the_share(world, people):
    enter_denominator(unit=world.association, year=YEAR, measure=ADULTS, value=40, by=world.dung, at=AT)
    assert counted(world.association)["adults_titled"] == (2, 40, Decimal(5))
    assert counted(world.chapter)["adults_titled"] == (2, None, None)


def test_above_it_only_the_people_of_units_that_entered_are_counted(world, people):
    enter_denominator(unit=world.association, year=YEAR, measure=ADULTS, value=40, by=world.dung, at=AT)
    figure = figures(world.province, YEAR, TODAY)[1]
    assert (figure.numerator, figure.denominator, figure.covered) == (2, 40, 1)
    enter_denominator(unit=world.foreign_association, year=YEAR, measure=ADULTS, value=10, by=world.ha, at=AT)
    figure = figures(world.province, YEAR, TODAY)[1]
    assert (figure.numerator, figure.denominator, figure.covered) == (3, 50, 2)


def test_a_units_own_figure_stands_above_those_beneath(world, people):
    enter_denominator(unit=world.association, year=YEAR, measure=ADULTS, value=40, by=world.dung, at=AT)
    enter_denominator(unit=world.province, year=YEAR, measure=ADULTS, value=100, by=world.giang, at=AT)
    figure = figures(world.province, YEAR, TODAY)[1]
    assert (figure.numerator, figure.denominator, figure.covered) == (3, 100, 0)


def test_a_figure_smaller_than_the_titled_is_doubted(world, people):
    enter_denominator(unit=world.association, year=YEAR, measure=ADULTS, value=1, by=world.dung, at=AT)
    assert figures(world.association, YEAR, TODAY)[1].is_doubtful


def test_a_revoked_title_counts_no_more(world, people):
    revoke(title=Title.objects.get(person=people[0]), reason="Sai", by=world.lan, at=AT)
    assert counted(world.chapter)["digital_skills"] == (1, 1, Decimal(100))


def test_only_confirmed_certificates_and_standing_facts_show_digital_skills(world, people):
    unseen = {"kind": Kind.EXTERNAL_CERTIFICATE, "verification": Verification.NONE}
    evidence_for(people[0], **unseen)
    evidence_for(people[0], kind=Kind.DECLARATION)
    evidence_for(people[0], topics=["ky-nang-so-nang-cao"])
    assert counted(world.chapter)["digital_skills"][0] == 1
    old = evidence_for(people[0], **{**unseen, "verification": Verification.DOCUMENT_SEEN})
    assert counted(world.chapter)["digital_skills"][0] == 2
    evidence_for(people[0], topics=[], supersedes=old)
    assert counted(world.chapter)["digital_skills"][0] == 1


def test_what_comes_after_the_cut_off_does_not_count(world):
    study_criteria(world.an.person, occurred_at=datetime.datetime(2027, 1, 1, 0, 0, tzinfo=AT.tzinfo))
    assert counted(world.chapter, today=datetime.date(2027, 2, 1))["studied_criteria"][0] == 0
    study_criteria(world.an.person, occurred_at=datetime.datetime(2026, 12, 31, 23, 59, tzinfo=AT.tzinfo))
    assert counted(world.chapter, today=datetime.date(2027, 2, 1))["studied_criteria"][0] == 1


def test_a_new_set_starts_anew_for_those_whom_it_judges(world):
    study_criteria(world.an.person, kind=Kind.ATTENDANCE)
    study_criteria(world.chi.person)
    world.an.person.target_groups.update(group=TargetGroup.WORKERS)
    world.chi.person.target_groups.update(group=TargetGroup.RESIDENTS)
    assert counted(world.chapter)["studied_criteria"][0] == 2
    CriteriaSet.objects.filter(group=TargetGroup.WORKERS).update(valid_from=datetime.date(2026, 6, 1))
    assert counted(world.chapter)["studied_criteria"][0] == 1
    study_criteria(world.an.person, kind=Kind.ATTENDANCE, occurred_at=datetime.datetime(2026, 6, 1, tzinfo=AT.tzinfo))
    assert counted(world.chapter)["studied_criteria"][0] == 2


def test_a_units_own_set_starts_anew_there_alone(world):
    for person in (world.an.person, world.ha.person):
        study_criteria(person)
        person.target_groups.update(group=TargetGroup.WORKERS)
    CriteriaSet.objects.create(
        name="Bộ của phường", version="1", group=TargetGroup.WORKERS, unit=world.commune, status="in_force",
        valid_from=datetime.date(2026, 6, 1),
    )  # fmt: skip
    assert counted(world.chapter)["studied_criteria"][0] == 0
    assert counted(world.province)["studied_criteria"][0] == 1


def test_a_session_that_trains_on_the_criteria_counts_by_what_its_organiser_said(world, client):
    client.force_login(world.dung)
    page = client.get(reverse("sessions:hold"))
    topics = [value for value, _label in page.context["form"].fields["topics"].choices]
    said = {
        "title": "Quán triệt tiêu chí", "unit": world.association.pk, "day": "2026-11-20", "begins": "08:00",
        "ends": "10:00", "token": uuid.uuid4(), "topics": topics, "days-TOTAL_FORMS": "0", "days-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post(reverse("sessions:hold"), said).status_code == 302
    session = Session.objects.get()
    note_attendance(session=session, people=[world.an.person], how=How.LIST, by=world.dung, at=session.ends_at)
    assert counted(world.chapter)["studied_criteria"][0] == 1


def test_of_a_session_that_was_held_before_it_can_be_said_afterwards(world, client):
    session = hold_session(
        token=uuid.uuid4(), unit=world.association, title="Quán triệt tiêu chí", place="", starts_at=AT - HOUR,
        ends_at=AT, topics=["khac"], by=world.dung, at=AT,
    )  # fmt: skip
    [before] = note_attendance(session=session, people=[world.an.person], how=How.LIST, by=world.dung, at=AT)
    assert counted(world.chapter)["studied_criteria"][0] == 0
    address = reverse("sessions:train", args=[session.pk])
    client.force_login(world.dung)
    page = client.get(reverse("sessions:session", args=[session.pk]))
    said = {"topics": [topic for topic, _name, _is_chosen in page.context["training"]]}
    for _twice in range(2):
        assert client.post(address, said).status_code == 302
    [after] = Evidence.objects.of_session(session)
    assert (after.supersedes, after.topics) == (before, ["khac", *said["topics"]])
    assert (after.verification, after.details) == (before.verification, before.details)
    assert counted(world.chapter)["studied_criteria"][0] == 1
    assert note_attendance(session=session, people=[world.an.person], how=How.LIST, by=world.dung, at=AT) == []
    client.post(address, {})
    assert counted(world.chapter)["studied_criteria"][0] == 0
    client.force_login(world.ha)
    assert client.post(address, said).status_code == 404


def test_who_says_of_themselves_that_they_were_there_is_not_trained_by_that(world):
    study_criteria(world.an.person, kind=Kind.ATTENDANCE, source="self", verification=Verification.NONE)
    assert counted(world.chapter)["studied_criteria"][0] == 0
    study_criteria(world.an.person, kind=Kind.ATTENDANCE, verification=Verification.DOCUMENT_SEEN)
    assert counted(world.chapter)["studied_criteria"][0] == 1


def test_a_role_that_ended_before_the_cut_off_does_not_count(world):
    Membership.objects.filter(person=world.an.person).update(valid_to=datetime.date(2026, 6, 1))
    assert counted(world.chapter)["studied_criteria"][1] == 1
    assert counted(world.chapter, year=2025)["studied_criteria"][1] == 2


def test_figures_are_provisional_until_the_year_is_over():
    assert cutoff(2026, TODAY).is_provisional
    assert cutoff(2026, TODAY).day == TODAY
    assert cutoff(2026, datetime.date(2026, 12, 31)).is_provisional
    over = cutoff(2026, datetime.date(2027, 1, 1))
    assert (over.day, over.is_provisional) == (datetime.date(2026, 12, 31), False)


@pytest.mark.parametrize("name", ["province", "commune", "association"])
def test_the_units_beneath_add_up_to_the_whole(world, people, name):
    for unit, by in ((world.chapter, world.dung), (world.foreign_chapter, world.ha)):
        enter_denominator(unit=unit, year=YEAR, measure=ADULTS, value=30, by=by, at=AT)
    found = overview(getattr(world, name), YEAR, TODAY)
    for place, whole in enumerate(found.figures):
        parts = [row.figures[place] for row in found.rows]
        assert sum(part.numerator for part in parts) == whole.numerator
        assert sum(part.denominator or 0 for part in parts) == (whole.denominator or 0)


def test_an_overview_asks_the_same_few_queries_for_more_people_and_units(world, people, django_assert_max_num_queries):
    def more():
        for _number in range(3):
            person = member_without_account(world.other_chapter)
            give_title(world, person, world.chapter)
            evidence_for(person)
            study_criteria(person)
        enter_denominator(unit=world.chapter, year=YEAR, measure=ADULTS, value=30, by=world.dung, at=AT)

    assert_constant_queries(lambda: overview(world.province, YEAR, TODAY), more)
    with django_assert_max_num_queries(8):
        overview(world.province, YEAR, TODAY)
