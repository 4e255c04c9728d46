"""A dossier goes where its person goes, until the last day of its year (decision 0141)."""

import datetime

import pytest
from django.urls import reverse

from evaluation.dossiers.actions import (
    accept_own_scores,
    call_meeting,
    follow_people,
    forward,
    moving,
    open_dossier,
    return_to_person,
)
from evaluation.dossiers.models import Dossier, Meeting, ReviewChain, ReviewStep
from evaluation.reporting.figures import topics_of
from evaluation.reporting.tallies import count, total
from membership.models import Membership, Role, TargetGroup, TargetGroupPeriod, UnitKind, User
from tests.factories.evaluation import AT, YEAR, draft_dossier, sample_criteria, submitted_dossier
from tests.factories.people import add_unit, add_user, grant

NEXT_YEAR = datetime.datetime(YEAR + 1, 1, 20, 9, 0, tzinfo=AT.tzinfo)


@pytest.fixture
def world(standing):
    sample_criteria()
    standing.nam = add_user("nam", "Đỗ Văn Nam")
    grant(standing.nam, Role.CHAPTER_OFFICER, standing.foreign_chapter)
    return standing


def moved(user, unit, day=None):
    """As a page or a roster leaves it: the one membership ended, another begun."""
    day = day or AT.date()
    Membership.objects.filter(person=user.person, role=Role.MEMBER, valid_to=None).update(valid_to=day)
    Membership.objects.create(person=user.person, unit=unit, role=Role.MEMBER, valid_from=day)


def again(dossier):
    return Dossier.objects.select_related("unit", "current_unit", "current_step", "chain").get(pk=dossier.pk)


def test_a_draft_and_one_in_review_go_along_and_wait_at_the_same_body(world, client):
    drafted, submitted = draft_dossier(world.an), submitted_dossier(world.chi)
    for user in (world.an, world.chi):
        moved(user, world.foreign_chapter)
    assert follow_people(at=AT) == 2
    assert again(drafted).unit == world.foreign_chapter
    now = again(submitted)
    assert (now.unit, now.current_unit, now.current_step) == (
        world.foreign_chapter, world.foreign_chapter, submitted.current_step,
    )  # fmt: skip
    page = reverse("dossiers:review", args=[submitted.pk])
    for name, status in (("nam", 200), ("ha", 200), ("dung", 404), ("lan", 404)):
        client.force_login(getattr(world, name))
        assert client.get(page).status_code == status, name
    assert follow_people(at=AT) == 0


def test_what_a_body_has_judged_stays_judged_and_the_next_body_is_that_of_the_new_place(world):
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    forward(dossier=dossier, by=world.chi, at=AT)
    moved(world.an, world.foreign_chapter)
    follow_people(at=AT)
    now = again(dossier)
    assert (now.current_step, now.current_unit) == (dossier.current_step, world.foreign_association)
    assert now.scores.filter(reviewed_points=None).count() == 0
    assert list(now.reviews.values_list("unit", flat=True)) == [world.chapter.pk]
    forward(dossier=now, by=User.objects.get(pk=world.ha.pk), at=AT)


def test_a_returned_one_goes_along_and_a_decided_one_stays(world):
    returned, decided = submitted_dossier(world.an), submitted_dossier(world.chi)
    return_to_person(dossier=returned, reason="Bổ sung.", by=world.chi, at=AT)
    settled = {"state": Dossier.State.RECOGNISED, "current_step": None, "current_unit": None, "decided_at": AT}
    Dossier.objects.filter(pk=decided.pk).update(**settled)
    for user in (world.an, world.chi):
        moved(user, world.foreign_chapter)
    assert follow_people(at=AT) == 1
    assert again(returned).unit == world.foreign_chapter
    assert again(decided).unit == world.chapter


def test_who_moves_after_the_last_day_of_the_year_leaves_its_dossier_where_it_was(world):
    dossier = submitted_dossier(world.an)
    moved(world.an, world.foreign_chapter, NEXT_YEAR.date())
    assert follow_people(at=NEXT_YEAR) == 0
    left = datetime.date(YEAR, 12, 1)
    Membership.objects.filter(person=world.an.person, unit=world.chapter).update(valid_to=left)
    about = {"person": world.an.person, "role": Role.MEMBER}
    Membership.objects.create(unit=world.other_chapter, valid_from=left, valid_to=NEXT_YEAR.date(), **about)
    assert follow_people(at=NEXT_YEAR) == 1, "entered late, but for a day of the year"
    assert again(dossier).unit == world.other_chapter


def test_nobody_is_followed_to_where_nobody_judges_nor_off_the_table_of_a_meeting(world):
    dossier = submitted_dossier(world.an)
    nowhere = add_unit(world.province, UnitKind.SCHOOL, "48-TH", "Trường nơi xa")
    moved(world.an, nowhere)
    assert follow_people(at=AT) == 0
    moved(world.an, world.foreign_chapter, AT.date() + datetime.timedelta(days=1))
    called = {"held_at": AT, "place": "Nhà văn hóa", "chair": world.chi.person, "secretary": world.dung.person}
    call_meeting(
        step=dossier.current_step, unit=world.chapter, dossiers=[dossier], invited=[], by=world.chi, at=AT, **called
    )
    later = AT + datetime.timedelta(days=2)
    assert follow_people(at=later) == 0
    Meeting.objects.update(closed_at=AT, closed_by=world.chi)
    assert follow_people(at=later) == 1


def test_where_other_bodies_judge_it_begins_with_their_first(world):
    dossier = submitted_dossier(world.an)
    agency = add_unit(world.commune, UnitKind.AGENCY, "20242-CQ", "Cơ quan")
    own = ReviewChain.objects.filter(group=TargetGroup.RESIDENTS).first()
    own.pk, own.name = None, "Cơ quan trong xã"
    own.save()
    ReviewStep.objects.create(
        chain=own, order=1, name="Phường", role=Role.RECOGNISER, unit_kind=UnitKind.COMMUNE, recognises=True
    )
    moved(world.an, agency)
    follow_people(at=AT)
    now = again(dossier)
    assert (now.unit, now.chain, now.current_unit) == (agency, own, world.commune)
    assert now.current_step == own.steps.get()


def test_figures_of_both_units_are_right_and_their_sum_is_the_same(world):
    def members():
        day = AT.date()
        tallies = count(world.province, YEAR, day, topics_of(YEAR, day))
        places = world.province, world.commune, world.foreign_commune
        return [total(tallies, place.path).members for place in places]

    province, left, entered = members()
    moved(world.an, world.foreign_chapter)
    follow_people(at=AT)
    assert members() == [province, left - 1, entered + 1]


@pytest.mark.django_db
def test_one_that_was_erased_meanwhile_does_not_stop_the_others():
    assert not moving._follow(10**9, AT.date(), AT)


def of_group(user, group, day):
    TargetGroupPeriod.objects.filter(person=user.person, valid_to=None).update(valid_to=day)
    TargetGroupPeriod.objects.create(person=user.person, group=group, valid_from=day)


def test_one_in_which_nothing_was_written_follows_its_persons_group_and_unit(world):
    dossier = open_dossier(person=world.an.person, year=YEAR, by=world.an, at=AT)
    of_group(world.an, TargetGroup.STUDENTS, AT.date())
    moved(world.an, world.foreign_chapter)
    assert follow_people(at=AT) == 1
    now = again(dossier)
    assert (now.group, now.criteria_set.group, now.chain.group) == (TargetGroup.STUDENTS,) * 3
    assert now.unit == world.foreign_chapter
    assert {score.indicator.criteria_set_id for score in now.scores.all()} == {now.criteria_set_id}
    assert now.scores.count() == 10
    assert follow_people(at=AT) == 0


@pytest.mark.parametrize(("make", "is_told"), [(draft_dossier, True), (None, False)])
def test_who_changed_groups_reads_which_one_the_dossier_keeps(world, client, make, is_told):
    if make:
        make(world.an)
    else:
        open_dossier(person=world.an.person, year=YEAR, by=world.an, at=AT)
    client.force_login(world.an)
    page, said = reverse("dossiers:self_assessment", args=[YEAR]), "giữ nguyên nhóm cùng bộ tiêu chí đó"
    assert said not in client.get(page).content.decode()
    of_group(world.an, TargetGroup.STUDENTS, AT.date())
    assert (said in client.get(page).content.decode()) is is_told


@pytest.mark.parametrize("how", ["written", "handed in", "the year is over"])
def test_otherwise_its_group_and_criteria_stay(world, how):
    at = NEXT_YEAR if how == "the year is over" else AT
    make = {"written": draft_dossier, "handed in": submitted_dossier}.get(how)
    dossier = make(world.an) if make else open_dossier(person=world.an.person, year=YEAR, by=world.an, at=AT)
    of_group(world.an, TargetGroup.STUDENTS, at.date())
    assert follow_people(at=at) == 0
    assert (again(dossier).group, again(dossier).criteria_set_id) == (dossier.group, dossier.criteria_set_id)


def test_who_reviews_reads_it_too(world, client):
    dossier = submitted_dossier(world.an)
    client.force_login(world.chi)
    page, said = reverse("dossiers:review", args=[dossier.pk]), "giữ nguyên nhóm cùng bộ tiêu chí đó"
    assert said not in client.get(page).content.decode()
    of_group(world.an, TargetGroup.STUDENTS, AT.date())
    assert said in client.get(page).content.decode()
