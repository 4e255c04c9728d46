"""Who moves is followed by figures: a title stands where its dossier belongs on the last day of its year, once."""

import datetime

import pytest

from evaluation.dossiers.actions import decide, follow_people
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.recognition.actions import draft_decision
from evaluation.recognition.models import Title
from evaluation.reporting.actions import count_year, follow_changes
from evaluation.reporting.figures import topics_of
from evaluation.reporting.tallies import count, kept, total
from membership.models import Membership, Role, User
from tests.factories.evaluation import AT, YEAR
from tests.factories.people import add_user, grant
from tests.factories.recognition import dossier_scored, in_effect, issue_with_effect, second_recogniser, title_of

LAST_DAY = datetime.date(YEAR, 12, 31)
NEXT_YEAR = AT.replace(year=YEAR + 1, month=1, day=20)


@pytest.fixture
def khanh(world):
    """Recognises in the other commune."""
    grant(user := add_user("khanh", "Vũ Thị Khánh"), Role.RECOGNISER, world.foreign_commune)
    return user


def move(user, unit, day):
    Membership.objects.filter(person=user.person, role=Role.MEMBER, valid_to=None).update(valid_to=day)
    Membership.objects.create(person=user.person, unit=unit, role=Role.MEMBER, valid_from=day)


def issue_there(world, recogniser, dossier, at):
    recogniser = User.objects.get(pk=recogniser.pk)
    decision = draft_decision(unit=world.foreign_commune, year=YEAR, dossiers=[dossier], by=recogniser, at=at)
    signed = {"number": "7/QĐ", "signed_on": at.date(), "signer_name": "Vũ Thị Khánh", "signer_title": "Chủ tịch"}
    issue_with_effect(decision=decision, by=recogniser, at=at, **signed)


def counted(world, day=LAST_DAY):
    """Members and titles of the province, of the commune that was left, and of the other; kept counts say the same."""
    topics = topics_of(YEAR, day)
    full, follows = count(world.province, YEAR, day, topics), {"days": {YEAR: day}, "topics": {YEAR: topics}}
    follow_changes(**follows)
    assert kept(world.province, YEAR, day, topics) == full
    places = world.province, world.commune, world.foreign_commune
    return [(total(full, place.path).members, total(full, place.path).titled) for place in places]


@pytest.fixture
def before(world):
    for body in (world.commune, world.foreign_commune):
        second_recogniser(body)
    count_year(year=YEAR, day=LAST_DAY, topics=topics_of(YEAR, LAST_DAY))
    return [members for members, _titled in counted(world)]


def test_decided_after_a_move_within_the_year_it_stands_in_the_new_unit(world, khanh, before):
    dossier = dossier_scored(world.an, world)
    move(world.an, world.foreign_chapter, AT.date())
    follow_people(at=AT)
    issue_there(world, khanh, dossier, AT)
    province, left, entered = before
    assert counted(world) == [(province, 1), (left - 1, 0), (entered + 1, 1)]


def test_the_old_bodies_do_not_decide_before_it_is_taken_along(world, khanh, before):
    dossier = dossier_scored(world.an, world)
    move(world.an, world.foreign_chapter, AT.date())
    with pytest.raises(RefusedError, match="Chi hội thôn 1"):
        in_effect(world, dossier)
    with pytest.raises(RefusedError, match="Chi hội thôn 1"):
        decide(dossier=dossier, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)
    assert not Title.objects.exists()
    follow_people(at=AT)
    issue_there(world, khanh, dossier, AT)
    province, left, entered = before
    assert counted(world) == [(province, 1), (left - 1, 0), (entered + 1, 1)]


def test_decided_after_a_move_in_the_next_year_it_stands_where_they_were_on_the_last_day(world, before):
    dossier = dossier_scored(world.an, world)
    move(world.an, world.foreign_chapter, NEXT_YEAR.date())
    follow_people(at=NEXT_YEAR)
    decision = draft_decision(unit=world.commune, year=YEAR, dossiers=[dossier], by=world.lan, at=NEXT_YEAR)
    issue_with_effect(
        decision=decision, number="8/QĐ", signed_on=NEXT_YEAR.date(), signer_name="Đặng Thị Lan",
        signer_title="Chủ tịch", by=world.lan, at=NEXT_YEAR,
    )  # fmt: skip
    province, left, entered = before
    assert counted(world) == [(province, 1), (left, 1), (entered, 0)]


def test_decided_before_the_move_it_stays_in_its_unit_and_counts_once(world, before):
    title_of(world.an, world)
    move(world.an, world.foreign_chapter, AT.date() + datetime.timedelta(days=1))
    follow_people(at=AT + datetime.timedelta(days=2))
    province, left, entered = before
    assert counted(world) == [(province, 1), (left - 1, 1), (entered + 1, 0)]
