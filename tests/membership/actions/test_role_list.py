import pytest

from intake import actions
from membership.models import Membership, Role
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
        about = {"by": standing.giang, "at": at}
        batch = actions.order_import(batch=brought(*rows, **details), **about)
        return actions.carry_out(batch=batch, **about)

    return carried_out


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
    about = {"by": standing.giang, "at": at}
    actions.carry_out(batch=actions.order_undoing(batch=done, **about), **about)
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
