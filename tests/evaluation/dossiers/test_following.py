"""A dossier belongs where its person does on the last day of its year (decision 0129)."""

import datetime

import pytest
from django.urls import reverse

from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.actions import accept_own_scores, decide, forward, submit
from evaluation.dossiers.bodies import unit_of_step
from evaluation.dossiers.models import Deadline, Dossier, ReviewChain
from evaluation.recognition.models import Grouping
from evaluation.reporting.actions import count_year, follow_changes
from evaluation.reporting.figures import topics_of
from evaluation.reporting.tallies import kept, total
from intake import actions
from learning.sessions.models import Session
from membership.models import Role, TargetGroup, Unit, UnitKind, User
from tests.factories.evaluation import AT, draft_dossier, sample_criteria
from tests.factories.people import START, add_unit, add_user, grant

HEADINGS = "Mã cũ;Mã mới;Tên mới;Từ ngày\n"
MERGED = "20242;20300;Phường Sông Hàn;01/01/2026\n20854;20300;;\n"


@pytest.fixture
def world(standing):
    sample_criteria()
    return standing


def dossier_of(world, year, state):
    chain = ReviewChain.objects.filter(group=TargetGroup.RESIDENTS).first()
    step = chain.steps.first() if state == Dossier.State.IN_REVIEW else None
    return Dossier.objects.create(
        person=world.an.person, year=year, unit=world.chapter, group=TargetGroup.RESIDENTS, chain=chain,
        criteria_set=CriteriaSet.objects.get(group=TargetGroup.RESIDENTS), state=state, opened_at=AT,
        current_step=step, current_unit=unit_of_step(step, world.chapter) if step else None,
    )  # fmt: skip


def merge(world):
    about = {"by": world.giang, "at": AT}
    content = (HEADINGS + MERGED).encode()
    batch = actions.read_import(
        batch=actions.begin_import(kind="decree", name="a.csv", content=content, **about), **about
    )
    return actions.carry_out(batch=actions.order_import(batch=batch, **about), **about)


def test_one_under_way_goes_along_and_one_of_a_year_that_is_over_stays(world):
    under_way = dossier_of(world, 2026, Dossier.State.IN_REVIEW)
    of_last_year = dossier_of(world, 2025, Dossier.State.IN_REVIEW)
    at_body = of_last_year.current_unit
    batch = merge(world)
    assert batch.state == batch.State.APPLIED, batch.problem
    heir = Unit.objects.get(code=world.chapter.code, valid_to=None)
    under_way.refresh_from_db()
    of_last_year.refresh_from_db()
    assert (under_way.unit, under_way.current_unit.valid_to) == (heir, None)
    assert of_last_year.unit == world.chapter
    assert of_last_year.current_unit.valid_to is None
    step = of_last_year.current_step
    closed = Unit.objects.get(pk=world.chapter.pk)
    assert unit_of_step(step, closed) == of_last_year.current_unit != at_body
    about = {"by": world.giang, "at": AT}
    actions.carry_out(batch=actions.order_undoing(batch=batch, **about), **about)
    under_way.refresh_from_db()
    of_last_year.refresh_from_db()
    assert (under_way.unit, of_last_year.current_unit) == (world.chapter, at_body)


def test_sessions_to_come_and_groups_go_along_and_come_back(world):
    tomorrow = AT + datetime.timedelta(days=1)
    session = Session.objects.create(
        unit=world.association, title="Nói chuyện", starts_at=tomorrow, ends_at=tomorrow + datetime.timedelta(hours=1),
        created_at=AT, created_by=world.dung,
    )  # fmt: skip
    group = Grouping.objects.create(kind="family", name="Gia đình An", place=world.chapter, valid_from=START)
    batch = merge(world)
    assert batch.state == batch.State.APPLIED, batch.problem
    session.refresh_from_db()
    group.refresh_from_db()
    assert (session.unit.code, group.place.valid_to) == ("20300-HKH", None)
    about = {"by": world.giang, "at": AT}
    batch = actions.carry_out(batch=actions.order_undoing(batch=batch, **about), **about)
    assert batch.state == batch.State.UNDONE
    session.refresh_from_db()
    group.refresh_from_db()
    assert (session.unit, group.place) == (world.association, world.chapter)


def test_what_was_counted_in_the_new_units_does_not_keep_them(world):
    day = AT.date()
    topics = topics_of(2026, day)
    count_year(year=2026, day=day, topics=topics)
    before = kept(world.province, 2026, day, topics)
    batch = merge(world)
    merged = kept(world.province, 2026, day, topics)
    assert total(merged, world.province.path) == total(before, world.province.path)
    follow_changes(days={2026: day}, topics={2026: topics})
    about = {"by": world.giang, "at": AT}
    batch = actions.carry_out(batch=actions.order_undoing(batch=batch, **about), **about)
    assert batch.state == batch.State.UNDONE, batch.problem
    assert kept(world.province, 2026, day, topics) == before
    follow_changes(days={2026: day}, topics={2026: topics})
    assert kept(world.province, 2026, day, topics) == before


def test_a_new_dossier_after_the_decree_keeps_it_from_being_undone(world):
    batch = merge(world)
    heir = Unit.objects.get(code=world.chapter.code, valid_to=None)
    world.chapter = heir
    dossier_of(world, 2026, Dossier.State.DRAFT)
    about = {"by": world.giang, "at": AT}
    batch = actions.carry_out(batch=actions.order_undoing(batch=batch, **about), **about)
    assert batch.state == batch.State.APPLIED
    assert "hồ sơ" in batch.problem.lower()
    assert datetime.date(2026, 1, 1) == Unit.objects.get(pk=heir.pk).valid_from


def test_two_groups_of_one_name_that_would_meet_are_refused_in_the_dry_run(world):
    for place in (world.commune, world.foreign_commune):
        Grouping.objects.create(kind=Grouping.Kind.CLAN, name="Họ Trần", place=place, valid_from=START)
    batch = merge(world)
    assert "y hệt" in " ".join(batch.lines.first().reasons)
    assert set(Grouping.objects.values_list("place", flat=True)) == {world.commune.pk, world.foreign_commune.pk}


def test_bodies_of_where_a_unit_lives_on_read_and_judge_what_it_left(world, client):
    dossier = draft_dossier(world.an)
    Dossier.objects.filter(pk=dossier.pk).update(year=2025)
    dossier.refresh_from_db()
    submit(dossier=dossier, by=world.an, at=AT)
    outsider = add_user("thu", "Lê Thị Thu")
    grant(outsider, Role.COMMUNE_OFFICER, add_unit(_commune(world), UnitKind.ASSOCIATION, "20999-HKH", "Hội nơi khác"))
    merge(world)
    for officer in (world.chi, world.dung):
        again = User.objects.get(pk=officer.pk)
        client.force_login(again)
        assert client.get(reverse("dossiers:review", args=[dossier.pk])).status_code == 200
        accept_own_scores(dossier=dossier, by=again, at=AT)
        forward(dossier=dossier, by=again, at=AT)
    client.force_login(outsider)
    assert client.get(reverse("dossiers:review", args=[dossier.pk])).status_code == 404
    lan = User.objects.get(pk=world.lan.pk)
    decide(dossier=dossier, is_recognised=False, reason="Chưa đủ minh chứng.", by=lan, at=AT)
    # The other commune lives on there too.
    ha = User.objects.get(pk=world.ha.pk)
    assert Dossier.objects.visible_to(ha).filter(pk=dossier.pk).exists()
    assert Dossier.objects.get(pk=dossier.pk).unit == world.chapter


def test_deadlines_and_criteria_of_a_units_own_go_along_and_come_back(world):
    about = {"year": 2026, "set_by": world.giang, "set_at": AT}
    days = {world.commune: datetime.date(2026, 11, 10), world.foreign_commune: datetime.date(2026, 11, 20)}
    for unit, day in days.items():
        Deadline.objects.create(unit=unit, last_day=day, **about)
    own = CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)
    CriteriaSet.objects.filter(pk=own.pk).update(unit=world.commune)
    batch = merge(world)
    heir = Unit.objects.get(code="20300")
    assert Deadline.objects.get(unit=heir).last_day == datetime.date(2026, 11, 20)
    assert CriteriaSet.objects.for_person(TargetGroup.RESIDENTS, heir, AT.date()) == own
    by = {"by": world.giang, "at": AT}
    actions.carry_out(batch=actions.order_undoing(batch=batch, **by), **by)
    assert {row.unit: row.last_day for row in Deadline.objects.all()} == days
    own.refresh_from_db()
    assert own.unit == world.commune


def _commune(world):
    return add_unit(Unit.objects.get(pk=world.province.pk), UnitKind.COMMUNE, "20999", "Xã Nơi Khác")
