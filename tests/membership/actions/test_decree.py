import datetime
import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from intake import actions
from intake.plan import Outcome
from membership.actions.maps import OLD_MAP_FROM, Nursery, load_units
from membership.decrees.reform import new_rows, old_rows
from membership.models import FormerName, Membership, Role, Unit, UnitKind, UnitSuccession
from tests.factories.people import PersonFactory, add_user

HEADINGS = "Mã cũ;Mã mới;Tên mới;Loại mới;Mã đơn vị trên;Đơn vị đi theo;Từ ngày\n"
DAY = datetime.date(2026, 4, 1)
MERGED = "20242;20300;Phường Sông Hàn;;;;01/04/2026\n20854;20300;;;;;\n"
SPLIT = "20242;20301;Phường Hải Châu Một;;;20242-01;01/04/2026\n20242;20302;Phường Hải Châu Hai;;;20242-02;01/04/2026\n"


@pytest.fixture
def brought(standing, at):
    def brought(text, by=None, headings=HEADINGS):
        about = {"by": by or standing.giang, "at": at}
        batch = actions.begin_import(kind="decree", name="a.csv", content=(headings + text).encode(), **about)
        return actions.read_import(batch=batch, **about)

    return brought


@pytest.fixture
def carried_out(brought, standing, at):
    def carried_out(text, by=None):
        about = {"by": by or standing.giang, "at": at}
        return actions.carry_out(batch=actions.order_import(batch=brought(text, by), **about), **about)

    return carried_out


def undone(batch, by, at):
    return actions.carry_out(batch=actions.order_undoing(batch=batch, by=by, at=at), by=by, at=at)


def rows_now():
    units = Unit.objects.order_by("pk").values_list("pk", "path", "numchild", "name", "valid_from", "valid_to")
    roles = Membership.objects.order_by("pk").values_list("pk", "unit", "role", "valid_from", "valid_to")
    return list(units), list(roles), UnitSuccession.objects.count(), FormerName.objects.count()


def standing_at(code):
    return Unit.objects.get(code=code, valid_to=None)


def told(batch):
    return [(line.outcome, " ".join(line.reasons)) for line in batch.lines.order_by("number")]


def test_the_dry_run_says_who_and_what_goes_where_and_changes_nothing(brought):
    before = rows_now()
    (first, said), (second, _also) = told(brought(MERGED))
    assert first == second == Outcome.MOVE
    assert "Phường Sông Hàn" in said
    assert "Số đơn vị đi theo: 3." in said
    assert "Số người đi theo: 4." in said  # An, Chi, Dũng, Lan
    assert rows_now() == before


def test_merging_takes_people_roles_and_units_along(carried_out, standing):
    batch = carried_out(MERGED)
    assert batch.state == batch.State.APPLIED, batch.problem
    commune, association = standing_at("20300"), standing_at("20300-HKH")
    assert commune.get_parent() == standing.province
    assert {unit.code for unit in association.get_children()} == {"20242-01", "20242-02", "20854-01"}
    assert set(commune.predecessors.values_list("old__code", "extent")) == {("20242", "whole"), ("20854", "whole")}
    held = Membership.objects.filter(valid_to=None, valid_from=DAY).values_list(
        "person__user__username", "unit__code", "role"
    )
    assert set(held) == {
        ("an", "20242-01", Role.MEMBER), ("chi", "20242-01", Role.MEMBER), ("chi", "20242-01", Role.CHAPTER_OFFICER),
        ("dung", "20300-HKH", Role.COMMUNE_OFFICER), ("ha", "20300-HKH", Role.COMMUNE_OFFICER),
        ("lan", "20300", Role.RECOGNISER),
    }  # fmt: skip
    assert not Membership.objects.filter(valid_to=None, unit__valid_to__isnull=False).exists()
    assert Unit.find_problems() == ([], [], [], [], [])


def test_undoing_leaves_everything_as_it_was(carried_out, standing, at):
    before = rows_now()
    batch = undone(carried_out(MERGED), standing.giang, at)
    assert batch.state == batch.State.UNDONE
    assert rows_now() == before
    again = carried_out(MERGED)
    assert again.state == again.State.APPLIED, again.problem


def test_a_chapter_that_is_to_close_still_does_and_the_longer_role_stays(carried_out, standing, at):
    until = datetime.date(2026, 5, 1)
    Unit.objects.filter(code="20242-02").update(valid_to=until)
    about = {"person": standing.lan.person, "role": Role.MEMBER, "valid_from": datetime.date(2026, 1, 1)}
    Membership.objects.create(unit=standing.commune, valid_to=until, **about)
    Membership.objects.create(unit=standing.foreign_commune, **about)
    before = rows_now()
    batch = carried_out(MERGED)
    assert Unit.objects.get(code="20242-02", valid_from=DAY).valid_to == until
    assert Membership.objects.get(person=standing.lan.person, role=Role.MEMBER, valid_from=DAY).valid_to is None
    undone(batch, standing.giang, at)
    assert rows_now() == before


LATER, JUNE, NOVEMBER = datetime.date(2026, 9, 1), datetime.date(2026, 6, 1), datetime.date(2026, 11, 1)


@pytest.fixture
def held_in_both(standing):
    """One role of Lan in the one commune over the day, and in the other from the later day."""

    def held_in_both(until, later_from, later_until):
        about = {"person": standing.lan.person, "role": Role.MEMBER}
        begun = datetime.date(2026, 1, 1)
        first = Membership.objects.create(unit=standing.commune, valid_from=begun, valid_to=until, **about)
        other = {"valid_from": later_from, "valid_to": later_until}
        return first, Membership.objects.create(unit=standing.foreign_commune, **other, **about)

    return held_in_both


@pytest.mark.parametrize(
    ("until", "later", "expected"),
    [
        (None, (LATER, None), [(DAY, LATER), (LATER, None)]),
        (None, (DAY, None), [(DAY, None)]),
        (NOVEMBER, (LATER, None), [(DAY, LATER), (LATER, None)]),
        (JUNE, (LATER, None), [(DAY, JUNE), (LATER, None)]),
        (JUNE, (JUNE, LATER), [(DAY, JUNE), (JUNE, LATER)]),
        (None, (LATER, NOVEMBER), [(DAY, None), (LATER, NOVEMBER)]),
        (NOVEMBER, (DAY, JUNE), [(DAY, JUNE), (DAY, NOVEMBER)]),
        (JUNE, (datetime.date(2026, 3, 1), LATER), [(DAY, LATER)]),
    ],
)
def test_a_role_that_begins_later_in_the_other_unit_leaves_no_gap(
    carried_out, standing, at, held_in_both, until, later, expected
):
    held_in_both(until, *later)
    before = rows_now()
    batch = carried_out(MERGED)
    held = Membership.objects.filter(person=standing.lan.person, role=Role.MEMBER, unit=standing_at("20300"))
    assert list(held.order_by("valid_from", "valid_to").values_list("valid_from", "valid_to")) == expected
    undone(batch, standing.giang, at)
    assert rows_now() == before


@pytest.mark.parametrize("ends_later", [True, False])
def test_a_role_that_another_takes_over_has_ended_with_either(carried_out, standing, at, held_in_both, ends_later):
    first, later = held_in_both(None, LATER, None)
    batch = carried_out(MERGED)
    held = Membership.objects.filter(person=standing.lan.person, role=Role.MEMBER, unit=standing_at("20300"))
    ended = NOVEMBER if ends_later else JUNE
    held.filter(valid_from=LATER if ends_later else DAY).update(valid_to=ended)
    undone(batch, standing.giang, at)
    first.refresh_from_db()
    later.refresh_from_db()
    assert (first.valid_to, later.valid_to) == (ended, ended if ends_later else None)


def test_of_two_roles_that_became_one_each_has_ended_or_goes_on_as_it_was(carried_out, standing, at, held_in_both):
    first, other = held_in_both(NOVEMBER, datetime.date(2026, 3, 1), LATER)
    for ended, expected in ((JUNE, (JUNE, JUNE)), (None, (None, LATER))):
        batch = carried_out(MERGED)
        Membership.objects.filter(unit=standing_at("20300"), role=Role.MEMBER).update(valid_to=ended)
        undone(batch, standing.giang, at)
        first.refresh_from_db()
        other.refresh_from_db()
        assert (first.valid_to, other.valid_to) == expected
        Membership.objects.filter(pk=first.pk).update(valid_to=NOVEMBER)
        Membership.objects.filter(pk=other.pk).update(valid_to=LATER)


def test_roles_to_come_that_would_meet_in_one_unit_are_refused_in_the_dry_run(brought, carried_out, standing):
    later = {"person": standing.an.person, "role": Role.RECOGNISER, "valid_from": datetime.date(2026, 9, 1)}
    for unit in (standing.commune, standing.foreign_commune):
        Membership.objects.create(unit=unit, **later)
    before = rows_now()
    (first, said), (second, _also) = told(brought(MERGED))
    assert first == second == Outcome.SKIP
    assert "Vai trò" in said
    carried_out(MERGED)
    assert rows_now() == before


def test_an_association_that_is_to_close_still_does_where_none_goes_on_in_the_new_unit(carried_out, standing, at):
    until = datetime.date(2026, 5, 1)
    Unit.objects.filter(code__in=["20242-HKH", "20854-HKH"]).update(valid_to=until)
    batch = carried_out(MERGED)
    assert Unit.objects.get(code="20300-HKH").valid_to == until
    undone(batch, standing.giang, at)
    assert set(Unit.objects.filter(code__endswith="-HKH").values_list("valid_to", flat=True)) == {until}


def test_a_chapter_closed_since_the_decree_stays_closed_when_that_is_taken_back(carried_out, standing, at):
    batch = carried_out(MERGED)
    since = datetime.date(2026, 5, 1)
    Unit.objects.filter(code="20242-02", valid_to=None).update(valid_to=since)
    batch = undone(batch, standing.giang, at)
    assert batch.state == batch.State.UNDONE, batch.problem
    assert Unit.objects.get(code="20242-02").valid_to == since
    assert Unit.objects.get(code="20242-01").valid_to is None


def test_undoing_is_refused_once_something_new_hangs_on_it(carried_out, standing, at):
    batch = carried_out(MERGED)
    Membership.objects.create(person=PersonFactory(), unit=standing_at("20242-01"), role=Role.MEMBER, valid_from=DAY)
    batch = undone(batch, standing.giang, at)
    assert batch.state == batch.State.APPLIED
    assert batch.problem
    assert standing_at("20300")


def test_a_role_that_ended_since_has_ended_before_the_decree_too(carried_out, standing, at):
    batch = carried_out(MERGED)
    later = datetime.date(2026, 5, 1)
    Membership.objects.filter(person=standing.an.person, valid_to=None).update(valid_to=later)
    undone(batch, standing.giang, at)
    assert Membership.objects.get(person=standing.an.person).valid_to == later


def test_a_split_unit_goes_by_chapter_and_the_rest_is_told(carried_out, brought, standing):
    assert "cho đến khi" in told(brought(SPLIT))[0][1]
    carried_out(SPLIT)
    assert standing_at("20242-01").get_parent() == standing_at("20301-HKH")
    assert standing_at("20242-02").get_parent() == standing_at("20302-HKH")
    assert set(Unit.objects.get(pk=standing.commune.pk).successions.values_list("extent", flat=True)) == {"part"}
    assert Membership.objects.get(person=standing.dung.person).unit == standing.association


def test_one_part_may_take_the_rest(carried_out, standing):
    carried_out(SPLIT.replace("20242-02;", "còn lại;"))
    assert standing_at("20242-02").get_parent() == standing_at("20302-HKH")
    assert Membership.objects.get(person=standing.dung.person, valid_to=None).unit == standing_at("20302-HKH")


def test_a_retyping_keeps_the_row_and_dates_its_name(carried_out, standing, at):
    batch = carried_out("20854;20854;Phường Tiên Phước;;;;01/04/2026\n")
    commune = Unit.objects.get(pk=standing.foreign_commune.pk)
    assert (commune.name, commune.valid_to) == ("Phường Tiên Phước", None)
    assert Unit.objects.as_of(DAY - datetime.timedelta(1)).get(pk=commune.pk).name_then == "Xã Tiên Phước"
    assert Unit.objects.get(pk=standing.foreign_association.pk).name == "Hội Khuyến học phường Tiên Phước"
    undone(batch, standing.giang, at)
    assert Unit.objects.get(pk=commune.pk).name == "Xã Tiên Phước"
    assert not FormerName.objects.exists()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("99999;20300;Phường Lạ;;;;01/04/2026", "99999"),
        ("20242;20300;;;;;01/04/2026", "tên"),
        ("20242;20242-02;Phường Mới;;;;01/04/2026", "Chi hội khối phố 2"),
        ("20242-01;20242-01;Chi hội Một;;;;01/04/2026\n20242;20300;Phường Mới;;;;", "tệp thứ hai"),
        ("20242;20300;Phường Mới;;;;01/04/2099", "chưa đến"),
        ("20242;;;;;;01/04/2026", "đi đâu"),
        ("20242;20300;Phường Mới;;99;;01/04/2026", "99"),
        ("20242-01;20300;Phường Mới;Xã;;;01/04/2026", "Loại đơn vị này"),
        ("48;49;Tỉnh Mới;;;;01/04/2026", "không có quyền"),
        (SPLIT.replace("20242-02;", ";"), "20242-02"),
    ],
)
def test_what_cannot_be_refuses_the_whole_decree(brought, text, word):
    lines = told(brought(text + "\n20854;20854;Phường Tiên Phước;;;;\n"))
    assert {outcome for outcome, _said in lines} == {Outcome.SKIP}
    assert word in " ".join(said for _outcome, said in lines)


def test_nobody_changes_what_is_not_beneath_them(brought, standing):
    lines = told(brought("20854-01;20854-09;Chi hội thôn Chín;;;;01/04/2026\n", by=standing.dung))
    assert lines[0][0] == Outcome.SKIP
    with pytest.raises(actions.PermissionDenied):
        brought(MERGED, by=standing.chi)


def test_what_changed_since_the_dry_run_is_looked_at_again(brought, standing, at):
    batch, about = brought(MERGED), {"by": standing.giang, "at": at}
    Unit.objects.filter(code="20242").update(valid_to=DAY)
    batch = actions.carry_out(batch=actions.order_import(batch=batch, **about), **about)
    assert batch.state == batch.State.READ
    assert batch.problem


def test_the_reform_of_da_nang_is_replayed_by_the_file_that_the_command_writes(db, at):
    """All of it, with a member in each old commune: the same map as the shipped one has, sums equal."""
    administrator = add_user("quantri", "Dương Quốc Quản", is_superuser=True)
    rows = _old_map_of_da_nang()
    communes = list(Unit.objects.filter(kind=UnitKind.COMMUNE))
    people = PersonFactory.create_batch(20)
    for person, unit in zip(people, communes, strict=False):
        Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=OLD_MAP_FROM)
    about = {"by": administrator, "at": at}
    content = written("reform_decree", "Đà Nẵng")
    batch = actions.read_import(
        batch=actions.begin_import(kind="decree", name="a.csv", content=content, **about), **about
    )
    batch = actions.carry_out(batch=actions.order_import(batch=batch, **about), **about)
    assert batch.state == batch.State.APPLIED, batch.problem or told(batch)[:3]
    assert Unit.objects.filter(kind=UnitKind.COMMUNE, valid_to=None).count() == 94
    passed_on = set(UnitSuccession.objects.values_list("old__code", "new__code", "extent"))
    expected = {
        (row["legacy_code"] or row["legacy_district_code"], row["successor_code"], row["extent"]) for row in rows
    }
    assert passed_on == expected | {("48", "48", "whole"), ("49", "48", "whole")}
    waiting = Membership.objects.filter(valid_to=None, unit__valid_to__isnull=False)
    assert set(waiting.values_list("unit__name", flat=True)) <= {"Xã Hòa Liên"}
    assert Membership.objects.filter(valid_to=None).count() == len(people)
    before = Unit.objects.count()
    assert load_units(province="48", by=None, at=at) == 0
    assert Unit.objects.count() == before


def test_the_reform_is_written_for_every_province_and_no_other(db):
    for code, *_rest in (("01",), ("79",), ("24",)):
        text = written("reform_decree", code).decode()
        assert f",{code}," in text
        assert "01/07/2025" in text.splitlines()[1]
    with pytest.raises(CommandError):
        call_command("reform_decree", "Atlantis")


def written(*command):
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().encode()


def _old_map_of_da_nang():
    own = {row["code"] for row in new_rows() if row["parent_code"] == "48"}
    rows = [row for row in old_rows() if row["successor_code"] in own]
    nursery = Nursery()
    for row in rows:
        province = _old(nursery, None, UnitKind.PROVINCE, row["legacy_province_code"], row["legacy_province"])
        district = _old(nursery, province, UnitKind.DISTRICT, row["legacy_district_code"], row["legacy_district"])
        if row["legacy_code"]:
            _old(nursery, district, UnitKind.COMMUNE, row["legacy_code"], row["legacy_name"])
    nursery.bed_out()
    return rows


def _old(nursery, parent, kind, code, name):
    return nursery.plant(parent, kind, code, name, OLD_MAP_FROM)


def test_codes_whose_zero_a_spreadsheet_dropped_are_those_that_are_borne(brought, standing):
    Unit.objects.filter(pk=standing.commune.pk).update(code="00242")
    ((outcome, said),) = told(brought("242;242;Phường Sông Hàn;;;;01/04/2026\n"))
    assert (outcome, "Sông Hàn" in said) == ("change", True)
