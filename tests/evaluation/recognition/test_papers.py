import datetime
import io

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from evaluation.dossiers.actions import call_meeting, close_meeting
from evaluation.dossiers.models import Dossier, IndicatorScore, Meeting, MeetingLine, ReviewChain, ReviewStep
from evaluation.recognition.actions import draft_decision
from evaluation.recognition.certificate import certificate_of
from evaluation.recognition.models import Decision, DecisionLine
from evaluation.recognition.papers.issuers import association_above, seat_of, symbol_of
from evaluation.recognition.papers.signing import collective_of, head_of
from evaluation.recognition.papers.texts import decision_paper, list_paper, minutes, petition
from membership.models import Unit, UnitKind
from papers.files import pdf_of
from papers.paper import in_words
from papers.word import docx_of
from tests.factories.evaluation import AT, YEAR, another_member, draft_dossier, submitted_dossier, write_one
from tests.factories.recognition import dossier_scored, in_effect
from tests.laid import laid_once
from tests.papers.structure import tags_of
from tests.queries import assert_constant_queries

HEAD = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


@pytest.fixture
@laid_once
def decision(world):
    return in_effect(world, *[dossier_scored(person, world) for person in (world.an, another_member(world.chapter, 1))])


@pytest.fixture
def meeting(world):
    dossier = dossier_scored(world.an, world)
    held = AT + datetime.timedelta(hours=1)
    people = {"chair": world.lan.person, "secretary": world.dung.person, "invited": [world.chi.person]}
    called = call_meeting(
        step=dossier.current_step,
        unit=dossier.current_unit,
        held_at=held,
        place="Hội trường",
        dossiers=[dossier],
        by=world.lan,
        at=AT,
        **people,
    )
    return close_meeting(
        meeting=called,
        present=[world.lan.person, world.dung.person],
        votes={},
        notes="Các ý kiến thống nhất.",
        by=world.lan,
        at=held + datetime.timedelta(hours=1),
    )


def lines_of(decision):
    return list(DecisionLine.objects.for_papers(decision))


def text_of_pdf(paper):
    content = pdf_of(paper)
    assert b"pdfuaid" in content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def text_of_word(paper):
    document = Document(io.BytesIO(docx_of(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_a_signed_decision_stands_in_the_official_form(world, decision):
    paper = decision_paper(decision, lines_of(decision), world.association)
    expected = [
        *HEAD, "Số: 125/QĐ-UBND", "Hải Châu, ngày 20 tháng 11 năm 2026", "QUYẾT ĐỊNH",
        "Về việc công nhận danh hiệu “Công dân học tập” năm 2026", "Theo đề nghị của Hội Khuyến học phường Hải Châu",
        "Điều 1.", "2 người", "Nơi nhận:", "CHỦ TỊCH", "Đặng Thị Lan",
    ]  # fmt: skip
    for text in (text_of_pdf(paper), text_of_word(paper)):
        assert [part for part in expected if part not in text] == []
        assert "TM." not in text  # a chair decides in their own name


def test_word_and_other_programs_read_the_same_column_widths(world, decision):
    """LibreOffice goes by the grid, Word by the cells: with an even grid the national motto broke in two."""
    for table in Document(io.BytesIO(docx_of(decision_paper(decision, lines_of(decision), world.association)))).tables:
        grid = [round(column.width.mm) for column in table.columns]
        assert grid == [round(cell.width.mm) for cell in table.rows[0].cells]
        assert sum(grid) == 160


def test_a_draft_leaves_room_for_number_and_date(world):
    draft = draft_decision(
        unit=world.commune, year=YEAR, dossiers=[dossier_scored(world.an, world)], by=world.lan, at=AT
    )
    text = text_of_word(petition(draft, lines_of(draft), world.association))
    assert "/TTr-HKH" in text
    assert "ngày …… tháng …… năm ……" in text
    assert "Kính gửi: Ủy ban nhân dân phường Hải Châu." in text
    assert "đề nghị công nhận" in text_of_word(list_paper(draft, lines_of(draft)))


def test_the_list_names_everyone_with_unit_and_total(decision):
    paper = list_paper(decision, lines_of(decision))
    assert [row[1:] for row in paper.table.rows] == [
        ["Nguyễn Văn Người 1", "1960", "Chi hội khối phố 1", "80"],
        ["Trần Thị An", "1960", "Chi hội khối phố 1", "80"],
    ]
    assert "Kèm theo Quyết định số 125/QĐ-UBND ngày 20 tháng 11 năm 2026" in text_of_pdf(paper)


def test_minutes_say_who_came_and_how_they_voted(meeting):
    paper = minutes(meeting, {})
    for text in (text_of_pdf(paper), text_of_word(paper)):
        for part in (*HEAD, "BIÊN BẢN", "10 giờ 00", "Hội trường", "Các ý kiến thống nhất.", "THƯ KÝ", "CHỦ TỌA"):
            assert part in text
        assert "2 người, gồm Võ Văn Dũng; Đặng Thị Lan." in text
        assert "1 người, gồm Phạm Thị Chi." in text
        assert "thông qua 1 người trong số đó" in text
        assert "Quá 50 % số người có mặt được xét hồ sơ phải đồng ý." in text
    assert paper.table.rows[0][-4:] == ["1", "0", "0", "Thông qua"]  # Dũng judged it in the association


def test_votes_that_are_only_noted_are_not_told_as_agreed_to_by_nobody(meeting):
    ReviewStep.objects.update(majority_percent=None, majority_votes=0)
    meeting.lines.update(result=MeetingLine.Result.NOTED)
    meeting = Meeting.objects.get(pk=meeting.pk)
    text = " ".join(f"{block.text}" for block in minutes(meeting, {}).blocks)
    assert "Số phiếu được ghi nhận, không mang tính quyết định. Ý kiến của cuộc họp về 1 người được ghi nhận" in text
    assert "thông qua" not in text


def test_minutes_tell_the_rule_of_the_chain_by_which_was_counted(meeting):
    """A body meets on dossiers of several chains; the minutes told that of the chain for which it was called."""
    other = ReviewChain.objects.exclude(pk=meeting.step.chain_id).filter(steps__role=meeting.step.role).first()
    other.steps.filter(role=meeting.step.role).update(unit_kind=meeting.step.unit_kind, majority_percent=66)
    Dossier.objects.filter(meeting_lines__meeting=meeting).update(chain=other)
    text = " ".join(block.text for block in minutes(Meeting.objects.get(pk=meeting.pk), {}).blocks)
    assert "Quá 66 %" in text
    assert "Quá 50 %" not in text


def test_who_heads_an_agency_is_named_by_the_position_that_they_hold():
    agency = Unit(name="Sở Y tế", kind=UnitKind.AGENCY)
    assert [head_of(title, agency) for title in ("Giám đốc", "Phó Giám đốc", "")] == ["Giám đốc", "Giám đốc", "……"]
    assert head_of("Phó hiệu trưởng", Unit(kind=UnitKind.SCHOOL)) == "Hiệu trưởng"
    assert collective_of(Unit(kind=UnitKind.PROVINCE)) == ["TM. Ủy ban nhân dân", "Chủ tịch"]


def test_closed_minutes_keep_the_points_of_their_day(meeting):
    IndicatorScore.objects.filter(dossier__meeting_lines__meeting=meeting).update(reviewed_points=1)

    assert [row[3] for row in minutes(meeting, Dossier.objects.totals_at(meeting)).table.rows] == ["80"]


@pytest.mark.parametrize("typed", ["#panic[x] *a* _b_ $x$ `c` @r <l> \\", "]]))} // /*", "<w:t>&amp;</w:t>"])
def test_what_people_typed_is_never_markup(world, decision, typed):
    decision.signer_name = typed
    lines = lines_of(decision)
    lines[0].name = typed
    for paper in (decision_paper(decision, lines, None), list_paper(decision, lines)):
        assert pdf_of(paper).startswith(b"%PDF-")
    assert typed in text_of_word(list_paper(decision, lines))


def test_days_places_and_symbols_follow_the_rules():
    assert in_words(datetime.date(2027, 2, 5)) == "ngày 05 tháng 02 năm 2027"
    assert in_words(datetime.date(2026, 11, 20)) == "ngày 20 tháng 11 năm 2026"
    assert seat_of(Unit(name="Hội Khuyến học xã Tiên Phước")) == "Tiên Phước"
    units = [("Trường Tiểu học Số 1", UnitKind.SCHOOL), ("Chi hội thôn 1", UnitKind.CHAPTER)]
    assert [symbol_of(Unit(name=name, kind=kind)) for name, kind in units] == ["TTHS", "CHKH"]


def test_papers_open_for_those_who_may_look_into_the_unit(client, world, decision):
    names = [("to-trinh", "pdf"), ("to-trinh", "docx"), ("quyet-dinh", "pdf")]
    addresses = [reverse("recognition:paper", args=[decision.pk, *parts]) for parts in names]
    assert client.get(addresses[0]).status_code == 302
    for user, expected in ((world.lan, 200), (world.giang, 200), (world.chi, 404), (world.ha, 404), (world.an, 404)):
        client.force_login(user)
        assert {client.get(address).status_code for address in addresses} == {expected}, user


def test_minutes_open_for_those_who_see_the_meeting_and_the_page_offers_them(client, world, meeting):
    address = reverse("recognition:minutes", args=[meeting.pk, "pdf"])
    for user, expected in ((world.lan, 200), (world.giang, 200), (world.ha, 404), (world.an, 404)):
        client.force_login(user)
        assert client.get(address).status_code == expected, user
    draft = draft_decision(unit=world.commune, year=YEAR, dossiers=[meeting.lines.get().dossier], by=world.lan, at=AT)
    client.force_login(world.lan)
    assert address in client.get(draft.get_absolute_url()).content.decode()


def test_a_paper_costs_the_same_queries_however_long_the_list(client, world, decision):
    client.force_login(world.lan)
    draft = draft_decision(
        unit=world.commune, year=YEAR, dossiers=[dossier_scored(another_member(world.chapter, 5), world)],
        by=world.lan, at=AT,
    )  # fmt: skip
    address = reverse("recognition:paper", args=[draft.pk, "danh-sach", "docx"])
    more = [dossier_scored(another_member(world.chapter, number), world) for number in (6, 7)]

    def add():
        draft_decision(unit=world.commune, year=YEAR, dossiers=more, by=world.lan, at=AT)

    assert_constant_queries(lambda: client.get(address), add)
    assert Decision.objects.get(pk=draft.pk).lines.count() == 3


def test_one_signing_form_for_a_decision_and_its_certificates(world, decision):
    """A chair decides in person on both; a deputy signs both in the chair's stead."""
    title = decision.titles.first()
    for position, capacity in {
        "Chủ tịch": ["Chủ tịch"],
        "Phó Chủ tịch": ["KT. Chủ tịch", "Phó Chủ tịch"],
        "Phó hiệu trưởng": ["KT. Hiệu trưởng", "Phó hiệu trưởng"],
    }.items():
        title.decision.signer_title = decision.signer_title = position
        paper = decision_paper(decision, lines_of(decision), None)
        certificate = certificate_of(title, "https://example.vn/xac-minh/")
        assert certificate.signer_title.splitlines() == list(paper.signatures[-1].capacity) == capacity
        assert certificate.authority == paper.authority == "Chủ tịch Ủy ban nhân dân phường Hải Châu"


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("chapter", "Hội Khuyến học phường Hải Châu"),
        ("association", "Hội Khuyến học thành phố Đà Nẵng"),
        ("commune", "Hội Khuyến học thành phố Đà Nẵng"),
        ("province", "Hội Khuyến học thành phố Đà Nẵng"),
    ],
)
def test_papers_go_up_to_an_association_by_its_name(world, decision, unit, name):
    assert association_above(getattr(world, unit)) == name
    text = text_of_pdf(decision_paper(decision, lines_of(decision), world.association))
    assert "cấp trên" not in text


def test_minutes_show_the_points_that_stood_even_before_a_body_gave_its_own(world):
    dossier = submitted_dossier(world.an)
    meeting = call_meeting(
        step=dossier.current_step, unit=world.chapter, held_at=AT, place="Nhà văn hóa", chair=world.chi.person,
        secretary=another_member(world.chapter, 4).person, invited=[], dossiers=[dossier], by=world.chi, at=AT,
    )  # fmt: skip
    assert [row[3] for row in minutes(meeting, Dossier.objects.totals_at(meeting)).table.rows] == ["80"]
    IndicatorScore.objects.filter(dossier=dossier, indicator__number=1).update(reviewed_points=6)
    assert [row[3] for row in minutes(meeting, Dossier.objects.totals_at(meeting)).table.rows] == ["78"]


def test_the_self_assessment_sheet_is_a_paper_of_its_own(world, client):
    dossier = draft_dossier(world.an)
    write_one(dossier, 3, world.an, note="Tôi dự đủ các buổi sinh hoạt.")
    client.force_login(world.an)
    address = f"/danh-gia/phieu/{dossier.pk}.pdf"
    assert address in client.get(f"/tu-danh-gia/{YEAR}/phieu/").content.decode()
    content = b"".join(client.get(address))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    for part in ("PHIẾU TỰ ĐÁNH GIÁ", "Trần Thị An", "Tổng điểm", "80", "NGƯỜI TỰ ĐÁNH GIÁ", "Tôi dự đủ"):
        assert part in text
    assert text.index("Tổng điểm") < text.index("NGƯỜI TỰ ĐÁNH GIÁ")
    assert b"pdfuaid" in content
    assert tags_of(content).count("/Figure") == 1  # the code alone: emblems are for the eye
    assert client.get(f"/danh-gia/phieu/{dossier.pk}.docx").status_code == 200
    for user in (world.binh, world.chi, world.ha):
        client.force_login(user)
        assert client.get(address).status_code == 404
