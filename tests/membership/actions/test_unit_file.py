import pytest
from django.core.exceptions import PermissionDenied

from intake import actions
from intake.plan import Outcome
from membership.actions import move_unit
from membership.models import Membership, Role, Unit
from tests.factories.people import START
from tests.queries import count_queries

HEADINGS = "Mã;Tên;Loại;Mã đơn vị trên;Từ ngày\n"
NEW = """20242-TH1;Trường Phù Đổng;Trường học;20242-HKH;01/07/2025
20242-TH1-PB;Tổ Văn;Phòng, ban, khoa, tổ;20242-TH1;
20242-01;Chi hội khối phố Một;Chi hội;20242-HKH;05/01/2026
20242-02;Chi hội khối phố 2;Chi hội;20242-TH1;
20242-HKH;Hội Khuyến học phường Hải Châu;Hội Khuyến học;20242;
"""
REFUSED = """20854-09;Chi hội thôn 9;Chi hội;20854-HKH;
20242-08;Chi hội chợ;Chi hội;20242-99;
20242-07;Chi hội chợ;Câu lạc bộ;20242-HKH;
20242-06;Chi hội chợ;Phòng;20242-HKH;
20242-05;Chi hội chợ;Chi hội;20242-HKH;31/02/2026
;Chi hội chợ;Chi hội;20242-HKH;
20242-04;Chi hội chợ;Chi hội;20242-HKH;01/01/2020
20242-03;Chi hội chợ;Chi hội;20242-05;
20242-03;Chi hội chợ;Chi hội;20242-HKH;
20242-HKH;Hội Khuyến học Hải Châu;Hội Khuyến học;20242;
"""


@pytest.fixture
def brought(standing, at):
    def brought(text, by=standing.dung):
        batch = actions.begin_import(kind="units", name="a.csv", content=(HEADINGS + text).encode(), by=by, at=at)
        return actions.read_import(batch=batch, by=by, at=at)

    return brought


@pytest.fixture
def carried_out(brought, standing, at):
    def carried_out(text):
        about = {"by": standing.dung, "at": at}
        batch = actions.order_import(batch=brought(text), **about)
        return actions.carry_out(batch=batch, **about)

    return carried_out


def undone(batch, standing, at):
    about = {"by": standing.dung, "at": at}
    return actions.carry_out(batch=actions.order_undoing(batch=batch, **about), **about)


def test_dry_run_says_what_is_new_changed_and_same(brought):
    lines = list(brought(NEW).lines.order_by("number"))
    assert [line.outcome for line in lines] == ["create", "create", "change", "change", "same"]
    assert lines[2].reasons == ["Tên: Chi hội khối phố 1 → Chi hội khối phố Một"]
    assert lines[3].reasons == ["Trực thuộc: 20242-HKH → 20242-TH1"]
    assert not Unit.objects.filter(code="20242-TH1").exists()


def test_each_refused_row_says_why(brought):
    lines = list(brought(REFUSED).lines.order_by("number"))
    assert {line.outcome for line in lines} == {Outcome.SKIP}
    assert all(line.reasons for line in lines)
    told = [line.reasons[0] for line in lines]
    assert "Hội Khuyến học xã Tiên Phước" in told[0]
    assert "20242-99" in told[1]
    assert "Câu lạc bộ" in told[2]
    assert "31/02/2026" in told[4]


def test_what_stands_beneath_itself_is_left_out_with_all_beneath(brought):
    rows = [("A", "B"), ("B", "A"), ("C", "A"), ("D", "D"), ("E", "D")]
    batch = brought("".join(f"{code};Trường Vòng Quanh;Trường học;{parent};\n" for code, parent in rows))
    assert [line.outcome for line in batch.lines.all()] == [Outcome.SKIP] * 5


def test_what_was_written_is_taken_back(carried_out, standing, at):
    before = list(Unit.objects.values_list("code", "name", "depth"))
    batch = carried_out(NEW)
    school = Unit.objects.get(code="20242-TH1")
    assert [unit.code for unit in school.get_children()] == ["20242-TH1-PB", "20242-02"]
    renamed = Unit.objects.get(pk=standing.chapter.pk)
    assert (renamed.name, renamed.former_names.get().name) == ("Chi hội khối phố Một", "Chi hội khối phố 1")
    assert Unit.find_problems() == ([], [], [], [], [])
    undone(batch, standing, at)
    assert sorted(Unit.objects.values_list("code", "name", "depth")) == sorted(before)
    assert not renamed.former_names.exists()


def test_undoing_leaves_what_is_in_use_and_says_so(carried_out, standing, at):
    batch = carried_out(NEW)
    unit = Unit.objects.get(code="20242-TH1-PB")
    Membership.objects.create(person=standing.an.person, unit=unit, role=Role.MEMBER, valid_from=START)
    undone(batch, standing, at)
    assert Unit.objects.filter(code__in=["20242-TH1", "20242-TH1-PB"]).count() == 2
    assert all(line.reasons for line in batch.lines.filter(outcome=Outcome.CREATE))


def test_undoing_leaves_what_the_file_never_made_or_was_moved_since(carried_out, standing, at):
    batch = carried_out(
        "20242-01;Chi hội khối phố Một;Chi hội;20242-HKH;\n20242-02;Chi hội khối phố Hai;Chi hội;20242-HKH;01/01/2020\n"
        "20242-TH1;Trường Phù Đổng;Trường học;20242-HKH;\n"
    )
    assert [line.outcome for line in batch.lines.order_by("number")] == ["change", "skip", "create"]
    move_unit(unit=standing.chapter, parent=Unit.objects.get(code="20242-TH1"), by=standing.dung, at=at)
    undone(batch, standing, at)
    assert Unit.objects.filter(pk=standing.other_chapter.pk).exists()
    assert Unit.objects.get(pk=standing.chapter.pk).name == "Chi hội khối phố Một"


def test_many_chapters_take_few_queries(carried_out, standing):
    def queries(first, count):
        rows = (f"20242-X{number};Chi hội {number};Chi hội;20242-HKH;\n" for number in range(first, first + count))
        return count_queries(lambda: carried_out("".join(rows)))

    few = queries(0, 2)
    assert queries(10, 300) <= few + 10  # SQLite takes so many values at once
    assert Unit.objects.filter(code__startswith="20242-X").count() == 302


def test_only_who_manages_units_brings_files(brought, standing):
    with pytest.raises(PermissionDenied):
        brought(NEW, by=standing.chi)


def test_a_code_whose_zero_a_spreadsheet_dropped_is_the_one_that_is_borne(brought, standing):
    standing.commune.code = "00242"
    standing.commune.save()
    batch = brought("TH-1;Trường Phù Đổng;Trường học;242;\nTH-2;Trường Lê Lợi;Trường học;243;\n", by=standing.giang)
    own, unknown = batch.lines.order_by("number")
    assert own.content["parent"] == "00242"
    assert "“243”" in unknown.reasons[0]


def test_what_is_no_kind_of_unit_is_told_which_there_are(brought):
    (line,) = brought("20242-07;Tổ 5;Phòng nghiên cứu;20242-HKH;\n").lines.all()
    assert "Phòng, ban, khoa, tổ; Đoàn thể" in line.reasons[0]
