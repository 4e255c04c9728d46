"""Decrees stand in the sealed log, carried out and taken back: what somebody changes behind the site is named."""

import json

import pytest
from django.utils import timezone

from intake import actions
from learning.evidence.actions import begin_sealing, seal
from learning.evidence.models import Leaf
from membership.models import DecreeAct, UnitSuccession
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
