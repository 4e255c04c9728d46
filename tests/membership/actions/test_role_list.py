import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake import actions
from membership.actions.roles import put_end_back
from membership.models import Membership, Role, Unit
from tests.factories.people import START, PersonFactory

HEADINGS = "Mã người học;Họ và tên;Mã đơn vị;Vai trò;Từ ngày;Thôi từ ngày\n"


@pytest.fixture
def brought(standing, at):
    def brought(*rows, by=standing.giang, **details):
        content = (HEADINGS + "\n".join(";".join(row) for row in rows)).encode()
        about = {"by": by, "at": at}
        batch = actions.begin_import(kind="roles", name="a.csv", content=content, details=details, **about)
        return actions.read_import(batch=batch, **about)

    return brought


@pytest.fixture
def carried_out(brought, standing, at):
    def carried_out(*rows, **details):
        return ordered(brought(*rows, **details), by=standing.giang, at=at)

    return carried_out


def ordered(batch, **about):
    return actions.carry_out(batch=actions.order_import(batch=batch, **about), **about)


def undone(batch, **about):
    return actions.carry_out(batch=actions.order_undoing(batch=batch, **about), **about)


def row(person, unit, role="Cán bộ chi hội", starts="", ends="", name=""):
    return person.code, name, unit.code, role, starts, ends


def told(batch):
    return [(line.outcome, " ".join(line.reasons)) for line in batch.lines.order_by("number")]


def test_offices_are_given_and_ended_within_reach(standing, carried_out, at):
    new, chi = PersonFactory(full_name="Đỗ Văn Mới"), standing.chi.person
    tomorrow = "02/12/2126"
    done = carried_out(
        row(new, standing.chapter, name="đỗ văn mới"),
        row(chi, standing.chapter, ends=tomorrow),
        row(standing.dung.person, standing.association, "Cán bộ Hội Khuyến học xã, phường"),
    )
    assert [outcome for outcome, _reasons in told(done)] == ["create", "end", "same"]
    assert Membership.objects.get(person=new).role == Role.CHAPTER_OFFICER
    assert Membership.objects.get(person=chi, role=Role.CHAPTER_OFFICER).valid_to.isoformat() == "2126-12-02"
    undone(done, by=standing.giang, at=at)
    assert not Membership.objects.filter(person=new).exists()
    assert Membership.objects.get(person=chi, role=Role.CHAPTER_OFFICER).valid_to is None


def test_each_row_that_cannot_be_says_why(standing, brought):
    an, chapter = standing.an.person, standing.chapter
    rows = {
        ("ZZZZZZZZ", "", chapter.code, "Cán bộ chi hội", "", ""): "ZZZZZZZZ",
        row(an, chapter, name="Lê Thị Khác"): "tên khác",
        row(standing.giang.person, chapter): "tự giao",
        row(an, standing.province, "Người kiểm tra"): "không được giao",
        row(an, standing.association): "loại đơn vị đó",
        row(an, chapter, "Hội viên"): "Hội viên",
        row(an, chapter, starts="31/02/2026"): "31/02/2026",
        row(an, chapter, starts="01/01/1990"): "chưa có hoặc không còn",
        row(an, chapter, starts="02/12/2026", ends="01/12/2026"): "phải sau ngày",
    }
    found = told(brought(*rows))
    assert {outcome for outcome, _reasons in found} == {"skip"}
    assert [(why, reasons) for why, (_o, reasons) in zip(rows.values(), found, strict=True) if why not in reasons] == []
    elsewhere = brought(row(an, standing.foreign_chapter), by=standing.dung)
    assert standing.foreign_chapter.code in told(elsewhere)[0][1]


def test_what_stood_before_is_not_touched_by_a_second_row_nor_undone(standing, carried_out, at):
    chi, chapter, new = standing.chi.person, standing.chapter, PersonFactory()
    held = Membership.objects.get(person=chi, role=Role.CHAPTER_OFFICER)
    done = carried_out(
        row(chi, chapter), row(chi, chapter), row(new, chapter), row(new, chapter), row(new, chapter, ends="02/12/2126")
    )
    assert [outcome for outcome, _reasons in told(done)] == ["same", "same", "create", "skip", "skip"]
    undone(done, by=standing.giang, at=at)
    held.refresh_from_db()
    assert held.valid_to is None


def test_second_row_about_an_office_cannot_end_it_unnoticed(standing, carried_out):
    chi, chapter = standing.chi.person, standing.chapter
    leaving = row(chi, chapter, ends="02/12/2126")
    assert [outcome for outcome, _reasons in told(carried_out(row(chi, chapter), leaving))] == ["same", "doubt"]
    done = carried_out(leaving, leaving, row(chi, chapter, ends="02/12/2127"), is_left_open=True)
    assert [outcome for outcome, _reasons in told(done)] == ["end", "skip", "skip"]
    assert Membership.objects.get(person=chi, role=Role.CHAPTER_OFFICER).valid_to.isoformat() == "2126-12-02"


def test_office_that_others_gave_meanwhile_is_left_to_them(standing, brought, at):
    new, about = PersonFactory(), {"by": standing.giang, "at": at}
    batch = brought(row(new, standing.chapter, ends="02/12/2126"))
    others = Membership.objects.create(person=new, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=START)
    done = ordered(batch, **about)
    assert told(done)[0] == ("skip", "Vai trò này đã được giao lại sau đó.")
    undone(done, **about)
    others.refresh_from_db()
    assert others.valid_to is None


def test_offices_that_are_over_are_not_given_again(standing, brought):
    former, day = PersonFactory(), START + datetime.timedelta(days=400)
    Membership.objects.create(
        person=former, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=START, valid_to=day
    )
    over = row(former, standing.chapter, starts=f"{START:%d/%m/%Y}", ends=f"{day:%d/%m/%Y}")
    unheard = row(PersonFactory(), standing.chapter, starts=f"{START:%d/%m/%Y}", ends=f"{day:%d/%m/%Y}")
    assert [outcome for outcome, _reasons in told(brought(over, unheard))] == ["same", "skip"]


def test_office_is_not_put_back_into_a_closed_unit_nor_beside_another(standing, carried_out, at):
    chi, chapter, about = standing.chi.person, standing.chapter, {"by": standing.giang, "at": at}
    today = timezone.localdate(at)
    done = carried_out(row(chi, chapter, ends=f"{today:%d/%m/%Y}"), is_left_open=True)
    Unit.objects.filter(pk=chapter.pk).update(valid_to=today)
    assert told(undone(done, **about))[0] == ("skip", "Vào ngày đó đơn vị chưa có hoặc không còn.")
    held = Membership.objects.get(person=chi, role=Role.CHAPTER_OFFICER)
    assert held.valid_to == today
    Unit.objects.filter(pk=chapter.pk).update(valid_to=None)
    Membership.objects.create(
        person=chi, unit=chapter, role=held.role, valid_from=today, valid_to=today + datetime.timedelta(days=9)
    )
    with pytest.raises(ValidationError):
        put_end_back(membership=held, valid_to=None, **about)


def test_dry_run_reads_only_who_holds_the_roles_that_end(standing, brought):
    leaving = [row(standing.chi.person, standing.chapter, ends="02/12/2126")]
    with CaptureQueriesContext(connection) as asked:
        brought(*leaving)
    read = [
        query["sql"] for query in asked if 'FROM "membership_membership"' in query["sql"] and "IN (" in query["sql"]
    ]
    assert [sql for sql in read if '"role" IN' not in sql] == []


def test_last_officer_leaves_no_unit_unnoticed(standing, brought):
    chi = standing.chi.person
    leaving = row(chi, standing.chapter, ends="02/12/2126")
    assert told(brought(leaving))[0][0] == "doubt"
    assert told(brought(leaving, is_left_open=True))[0][0] == "end"
    coming = row(PersonFactory(), standing.chapter, starts="02/12/2126")
    assert [outcome for outcome, _reasons in told(brought(leaving, coming))] == ["end", "create"]
    other = PersonFactory()
    Membership.objects.create(person=other, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=START)
    both = told(brought(leaving, row(other, standing.chapter, ends="01/12/2126")))
    assert [outcome for outcome, _reasons in both] == ["doubt", "end"]


def test_a_unit_whose_zero_a_spreadsheet_dropped_is_found(standing, brought):
    Unit.objects.filter(pk=standing.commune.pk).update(code="00242")
    said = (standing.an.person.code, "", "242", "Người ký công nhận", "", "")
    assert [outcome for outcome, _words in told(brought(said))] == ["create"], told(brought(said))


def test_roles_are_known_by_their_level_and_what_is_none_is_told_which_there_are(standing, brought):
    an = standing.an.person
    known, unknown = brought(
        row(an, standing.association, "Cán bộ cấp xã"), row(an, standing.chapter, "Bí thư")
    ).lines.all()
    assert known.outcome == "create"
    assert "Bí thư" in unknown.reasons[0]
    assert "Cán bộ Hội Khuyến học tỉnh, thành phố; Người kiểm tra" in unknown.reasons[0]
