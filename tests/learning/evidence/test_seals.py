"""Decrees stand in the sealed log, carried out and taken back, and so does what is done to one unit: what somebody
changes behind the site is named."""

import json

import pytest
from django.utils import timezone

from intake import actions
from learning.evidence.actions import begin_sealing, seal
from learning.evidence.models import Leaf
from membership.actions import add_unit, change_unit, close_unit, remove_unit
from membership.models import DecreeAct, UnitAct, UnitKind, UnitSuccession
from tests.factories.people import START
from tests.learning.evidence.ledgers import MINUTE, as_intruder, faults

TEXT = (
    "Mã cũ;Mã mới;Tên mới;Loại mới;Mã đơn vị trên;Đơn vị đi theo;Từ ngày\n"
    "20242;20300;Phường Sông Hàn;;;;01/04/2026\n20854;20854;Phường Tiên Phước;;;;\n"
)


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def decree(standing, at):
    """Carried out, and sealed."""
    begin_sealing(at=at)
    about = {"by": standing.giang, "at": at}
    batch = actions.begin_import(kind="decree", name="QĐ 12.csv", content=TEXT.encode(), **about)
    batch = actions.order_import(batch=actions.read_import(batch=batch, **about), **about)
    batch = actions.carry_out(batch=batch, **about)
    seal(at=at)
    return batch


@pytest.fixture
def taken_back(decree, standing, at):
    about = {"by": standing.giang, "at": at + MINUTE}
    actions.carry_out(batch=actions.order_undoing(batch=decree, **about), **about)
    seal(at=at + MINUTE)
    return decree


def entry_of(act):
    leaf = next(leaf for leaf in Leaf.objects.filter(kind="decree") if leaf.entry_id.int >> 80 == act.pk)
    return f"entry {leaf.index} (decree {act.pk})"


def test_a_decree_is_sealed_with_whom_when_and_what(decree, standing, at):
    act = DecreeAct.objects.get()
    assert (act.decree, act.kind, act.file, act.by, act.at) == (decree.pk, "out", "QĐ 12.csv", standing.giang, at)
    assert ["20242", "20300", "whole"] in act.units
    assert ["20242-01", "20242-01", "whole"] in act.units
    assert act.called[0] == ["20854", ["Xã Tiên Phước", "commune"], ["Phường Tiên Phước", "commune"]]
    assert Leaf.objects.filter(kind="decree").count() == 1
    assert faults() == []


def test_one_that_was_taken_back_leaves_both_acts_and_no_faults(taken_back):
    out, back = DecreeAct.objects.order_by("pk")
    assert (out.kind, back.kind) == ("out", "back")
    assert (out.units, out.called, out.lines_digest) == (back.units, back.called, back.lines_digest)
    assert not UnitSuccession.objects.exists()
    assert Leaf.objects.filter(kind="decree").count() == 2
    assert faults() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("units", json.dumps([["20242", "20301", "whole"]])),
        ("called", "[]"),
        ("day", "2026-05-01"),
        ("file", "QĐ 13.csv"),
        ("lines_digest", "0" * 64),
        ("kind", "back"),
    ],
)
def test_an_act_that_was_changed_is_named(taken_back, column, value):
    act = DecreeAct.objects.earliest("pk")
    with as_intruder() as cursor:
        cursor.execute(f"UPDATE membership_decreeact SET {column} = %s WHERE id = %s", [value, act.pk])
    assert f"{entry_of(act)}: was changed after it was sealed" in faults()


def test_an_act_that_was_deleted_or_made_up_is_named(taken_back):
    back = DecreeAct.objects.latest("pk")
    named = f"{entry_of(back)}: was deleted after it was sealed"
    with as_intruder() as cursor:
        cursor.execute("DELETE FROM membership_decreeact WHERE id = %s", [back.pk])
    assert named in faults()
    back.pk += 1
    back.save(force_insert=True)
    assert f"decree {back.pk}: was never sealed: the site did not write it" in faults()


def test_where_a_unit_lives_on_cannot_be_changed_behind_a_decree_that_stands(decree):
    act = DecreeAct.objects.get()
    with as_intruder() as cursor:
        cursor.execute("DELETE FROM membership_unitsuccession WHERE old_id IN "
                       "(SELECT id FROM membership_unit WHERE code = '20242')")  # fmt: skip
    assert faults() == [f"decree {act.pk}: “20242” no longer lives on in “20300” as the decree had it"]


def test_what_a_dry_run_tried_is_not_sealed(standing, at):
    about = {"by": standing.giang, "at": at}
    batch = actions.begin_import(kind="decree", name="a.csv", content=TEXT.encode(), **about)
    actions.read_import(batch=batch, **about)
    assert not DecreeAct.objects.exists()


@pytest.fixture
def changed(standing, at):
    """A chapter that was added, and called otherwise, and one that was closed; sealed."""
    begin_sealing(at=at)
    about, day = {"by": standing.giang, "at": at}, timezone.localdate(at)
    association = standing.chapter.get_parent()
    known = {"kind": UnitKind.CHAPTER, "valid_from": START, **about}
    unit = add_unit(parent=association, code="CH-1", name="Chi hội Một", **known)
    change_unit(unit=unit, name="Chi hội Hai", kind=UnitKind.CHAPTER, valid_from=day, **about)
    empty = add_unit(parent=association, code="CH-2", name="Chi hội trống", **known)
    close_unit(unit=empty, valid_to=day, **about)
    seal(at=at)
    return unit


def test_what_is_done_to_one_unit_is_sealed_with_whom_and_when(changed, standing):
    acts = UnitAct.objects.all()
    assert [(act.kind, act.code, act.name) for act in acts] == [
        ("add", "CH-1", "Chi hội Một"),
        ("change", "CH-1", "Chi hội Hai"),
        ("add", "CH-2", "Chi hội trống"),
        ("close", "CH-2", "Chi hội trống"),
    ]
    assert {act.by for act in acts} == {standing.giang}
    assert Leaf.objects.filter(kind="unit").count() == len(acts)
    assert faults() == []


def test_a_unit_that_was_removed_leaves_its_acts_and_no_faults(changed, standing, at):
    remove_unit(unit=changed, by=standing.giang, at=at + MINUTE)
    seal(at=at + MINUTE)
    assert UnitAct.objects.latest("pk").kind == "remove"
    assert faults() == []


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("name", "Chi hội Ba", "name is Chi hội Ba, and was Chi hội Hai when it was sealed"),
        ("kind", "agency", "unit_kind is agency, and was chapter when it was sealed"),
        ("code", "CH-3", "code is CH-3, and was CH-1 when it was sealed"),
        ("valid_to", "2026-02-01", "until is 2026-02-01, and was None when it was sealed"),
    ],
)
def test_a_unit_that_was_changed_past_the_site_is_named(changed, column, value, told):
    with as_intruder() as cursor:
        cursor.execute(f"UPDATE membership_unit SET {column} = %s WHERE id = %s", [value, changed.pk])
    assert faults() == [f"unit CH-1: {told}"]


def test_an_act_on_a_unit_that_was_changed_or_deleted_is_named(changed):
    first, last = UnitAct.objects.earliest("pk"), UnitAct.objects.latest("pk")
    with as_intruder() as cursor:
        cursor.execute("UPDATE membership_unitact SET name = 'Chi hội Bốn' WHERE id = %s", [first.pk])
        cursor.execute("DELETE FROM membership_unitact WHERE id = %s", [last.pk])
    told = faults()
    assert any(f"(unit {first.pk}): was changed after it was sealed" in one for one in told)
    assert any(f"(unit {last.pk}): was deleted after it was sealed" in one for one in told)


def test_units_brought_in_by_file_are_sealed_and_taken_back_so(standing, at):
    about = {"by": standing.giang, "at": at}
    parent = standing.chapter.get_parent().code
    text = f"Mã;Tên;Loại;Mã đơn vị trên;Từ ngày\nCH-7;Chi hội Bảy;Chi hội;{parent};01/02/2026\n"
    begin_sealing(at=at)
    batch = actions.begin_import(kind="units", name="a.csv", content=text.encode(), **about)
    batch = actions.order_import(batch=actions.read_import(batch=batch, **about), **about)
    batch = actions.carry_out(batch=batch, **about)
    actions.carry_out(batch=actions.order_undoing(batch=batch, **about), **about)
    seal(at=at)
    assert list(UnitAct.objects.values_list("kind", "code")) == [("add", "CH-7"), ("remove", "CH-7")]
    assert faults() == []
