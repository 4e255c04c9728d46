"""A report is frozen as numbered versions that nothing changes afterwards, and what was sent to whom stands by them."""

import datetime
import hashlib
import io
import json
import socket

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document
from wagtail.models import ModelLogEntry

from evaluation.reporting.actions import StaleError, enter_denominator, freeze_report, note_sending
from evaluation.reporting.figures import figures
from evaluation.reporting.frozen import contents_of, differences
from evaluation.reporting.models import FrozenPaper, FrozenReport, ReportSending, Target
from evaluation.reporting.received import received
from learning.evidence.actions import seal
from tests.evaluation.reporting.test_figures import ADULTS, give_title
from tests.factories.evaluation import AT, YEAR, evidence_for
from tests.learning.evidence.ledgers import fill
from tests.queries import assert_constant_queries
from work.letters import opened
from work.models import Letter

pytestmark = pytest.mark.usefixtures("entered_adults")

DAY = AT.date()
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def titled(world):
    """One title, one counted figure of the unit's own, a sealed ledger."""
    evidence_for(world.an.person)
    fill(world.an.person, 2)
    seal(at=AT)
    give_title(world, world.an.person, world.chapter)
    enter_denominator(unit=world.association, year=YEAR, measure=ADULTS, value=40, by=world.dung, at=AT)
    return world


def freeze(world, **values):
    number = FrozenReport.objects.of(world.association, YEAR).count() + 1
    asked = {"unit": world.association, "year": YEAR, "number": number, "day": DAY, "by": world.dung, "at": AT}
    return freeze_report(**asked | values)


def address(report, name="version", *more):
    return reverse(f"reporting:{name}", args=[report.year, report.unit.code, report.number, *more])


def said(figure):
    return figure.definition.key, figure.numerator, figure.denominator, figure.share, figure.percent_goal


def words(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_version_keeps_the_figures_the_seals_and_four_papers(titled):
    live = figures(titled.association, YEAR, DAY)
    report = freeze(titled, paper_number="12/BC-HKH", remarks="Thiếu máy tính.\nĐề nghị hỗ trợ.")

    kept = contents_of(report.content)
    assert [said(figure) for figure in kept.figures] == [said(figure) for figure in live]
    assert kept.seals
    assert kept.seals[-1].number >= 1
    assert report.sha256 == hashlib.sha256(report.content.encode()).hexdigest()
    assert [(paper.name, paper.kind) for paper in report.papers.all()] == [
        ("bao-cao", "pdf"), ("bao-cao", "docx"), ("phu-luc", "pdf"), ("phu-luc", "docx"),
    ]  # fmt: skip
    for paper in report.papers.all():
        assert paper.sha256 == hashlib.sha256(bytes(paper.content)).hexdigest()
    paper = words(bytes(report.papers.get(name="bao-cao", kind="docx").content))
    assert "Số: 12/BC-HKH" in paper
    assert "Đề nghị hỗ trợ." in paper
    assert "……" not in paper
    annex = words(bytes(report.papers.get(name="phu-luc", kind="docx").content))
    assert report.sha256[:8] in annex
    assert "bản số 1" in annex
    assert ModelLogEntry.objects.get(action="reporting.freeze_report").user == titled.dung


def test_it_comes_back_byte_for_byte_after_the_figures_moved(titled, client):
    report = freeze(titled)
    pdf = bytes(report.papers.get(name="bao-cao", kind="pdf").content)
    client.force_login(titled.dung)
    kept = {name: client.get(address(report, "frozen_paper", name, kind)).content
            for name, kind in (("bao-cao", "pdf"), ("phu-luc", "docx"))}  # fmt: skip
    enter_denominator(unit=titled.association, year=YEAR, measure=ADULTS, value=44, by=titled.dung, at=AT + HOUR)

    assert client.get(address(report, "frozen_paper", "bao-cao", "pdf")).content == pdf == kept["bao-cao"]
    assert client.get(address(report, "frozen_paper", "phu-luc", "docx")).content == kept["phu-luc"]
    file = client.get(address(report, "frozen_figures")).content
    assert hashlib.sha256(file).hexdigest() == report.sha256
    assert json.loads(file)["counted_up_to"] == DAY.isoformat()


def test_the_next_version_says_why_and_what_differs(titled, client):
    first = freeze(titled)
    enter_denominator(unit=titled.association, year=YEAR, measure=ADULTS, value=44, by=titled.dung, at=AT + HOUR)
    with pytest.raises(ValidationError):
        freeze(titled, at=AT + HOUR)
    second = freeze(titled, at=AT + HOUR, reason="Nhập sai số người lớn.")

    assert (first.number, second.number) == (1, 2)
    [one] = differences(contents_of(first.content).figures, contents_of(second.content).figures)
    assert one.denominators == (40, 44)
    assert one.numerators == (1, 1)
    paper = words(bytes(second.papers.get(name="bao-cao", kind="docx").content))
    assert "thay thế bản số 1" in paper
    assert "Nhập sai số người lớn." in paper
    assert "trước đây 1 trên 40, nay 1 trên 44" in paper
    client.force_login(titled.dung)
    page = client.get(address(second)).content.decode()
    assert "Nhập sai số người lớn." in page
    assert "1/40" in page
    assert "1/44" in page


def test_an_earlier_day_leaves_out_what_was_decided_after_it(titled):
    before = freeze(titled, day=DAY - datetime.timedelta(days=1))
    after = freeze(titled, reason="Thêm quyết định ngày 20/11.")

    titles = [
        next(f.numerator for f in contents_of(one.content).figures if f.measure == ADULTS) for one in (before, after)
    ]
    assert titles == [0, 1]
    assert contents_of(before.content).is_provisional
    assert (before.leaves_out_later, after.leaves_out_later) == (True, False)
    told = [words(bytes(one.papers.get(name="bao-cao", kind="docx").content)) for one in (before, after)]
    assert ["không tính danh hiệu được công nhận sau ngày này" in paper for paper in told] == [True, False]


def test_a_version_asked_for_twice_is_frozen_once(titled):
    first = freeze(titled, remarks="Thiếu máy tính.")
    assert freeze(titled, number=1, remarks="Thiếu máy tính.", at=AT + HOUR) == first
    second = freeze(titled, reason="Bổ sung.")
    assert freeze(titled, number=2, reason="Bổ sung.", at=AT + HOUR) == second

    assert FrozenReport.objects.count() == 2
    assert ModelLogEntry.objects.filter(action="reporting.freeze_report").count() == 2


@pytest.mark.parametrize("other", [{"remarks": "Khác."}, {"reason": "Khác."}, {"day": DAY - datetime.timedelta(1)}])
def test_something_else_under_a_number_that_is_taken_is_refused(titled, other):
    freeze(titled)
    with pytest.raises(StaleError):
        freeze(titled, number=1, **other)
    with pytest.raises(ValidationError):
        freeze(titled, number=3, reason="Bỏ qua bản 2.")
    assert FrozenReport.objects.count() == 1


@pytest.mark.parametrize("model", [FrozenReport, FrozenPaper, ReportSending])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_what_is_frozen(titled, model, change):
    report = freeze(titled)
    note_sending(report=report, recipient="UBND", way="hand", sent_on=DAY, by=titled.dung, at=AT)
    values = {FrozenReport: {"sha256": "0"}, FrozenPaper: {"sha256": "0"}, ReportSending: {"recipient": "Khác"}}[model]

    change_all = {
        "update": lambda: model.objects.update(**values),
        "delete": lambda: model.objects.all()._raw_delete("default"),
    }[change]
    with pytest.raises(IntegrityError), transaction.atomic():
        change_all()


def test_only_who_reports_for_the_unit_freezes_and_sends(titled, client):
    report = freeze(titled)
    for user in (titled.ha, titled.lan, titled.an, titled.minh):
        with pytest.raises(PermissionDenied):
            freeze(titled, by=user, reason="x")
        with pytest.raises(PermissionDenied):
            note_sending(report=report, recipient="UBND", way="hand", sent_on=DAY, by=user, at=AT)
    for user, page, form in (
        (titled.ha, 404, 404),
        (titled.an, 404, 404),
        (titled.minh, 200, 404),
        (titled.dung, 200, 200),
    ):
        client.force_login(user)
        assert client.get(address(report)).status_code == page
        assert client.get(address(report, "frozen_paper", "bao-cao", "pdf")).status_code == page
        assert client.get(reverse("reporting:freeze", args=[YEAR, report.unit.code])).status_code == form


@pytest.mark.parametrize("day", [datetime.date(YEAR - 1, 12, 31), DAY + datetime.timedelta(days=1)])
def test_a_day_outside_the_year_or_still_to_come_is_refused(titled, day):
    with pytest.raises(ValidationError):
        freeze(titled, day=day)


def test_a_mailed_version_carries_its_papers_and_figures(titled):
    report = freeze(titled)
    with pytest.raises(ValidationError):
        note_sending(report=report, recipient="UBND", way="mail", sent_on=DAY, by=titled.dung, at=AT)
    note_sending(
        report=report, recipient="UBND", way="mail", address="ubnd@example.vn", sent_on=DAY, by=titled.dung, at=AT
    )

    [message] = mail.outbox
    assert [attached[0] for attached in message.attachments] == ["bao-cao.pdf", "phu-luc.pdf", "so-lieu.json"]
    assert report.sha256 in message.body
    assert message.to == ["ubnd@example.vn"]
    assert ModelLogEntry.objects.filter(action="reporting.send_report", user=titled.dung).exists()


def test_the_same_sending_noted_twice_goes_out_once(titled):
    report = freeze(titled)
    said = {
        "recipient": "UBND",
        "way": "mail",
        "address": "ubnd@example.vn",
        "sent_on": DAY,
        "by": titled.dung,
        "at": AT,
    }
    assert note_sending(report=report, **said) == note_sending(report=report, **said)
    assert len(mail.outbox) == 1
    assert ModelLogEntry.objects.filter(action="reporting.send_report").count() == 1


def test_a_mailed_version_waits_for_the_mail_server_with_its_papers(titled, client, settings):
    settings.EMAIL_BACKEND = "work.outbox.OutboxBackend"
    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    report = freeze(titled)
    client.force_login(titled.dung)
    today = timezone.localdate().isoformat()
    sent = {"recipient": "UBND", "way": "mail", "address": "ubnd@example.vn", "sent_on": today}
    with socket.socket() as held:  # nobody listens there, nor can while it is held
        held.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = held.getsockname()
        answer = client.post(address(report, "send"), sent, follow=True)
    assert [str(told) for told in answer.context["messages"]] == [
        "Đã ghi nhận việc gửi. Thư sẽ đi ngay khi máy chủ thư nhận."
    ]
    [letter] = Letter.objects.all()
    assert [name for name, _content, _kind in opened(bytes(letter.content)).attachments] == [
        "bao-cao.pdf",
        "phu-luc.pdf",
        "so-lieu.json",
    ]


def test_an_officer_freezes_and_notes_the_sending_on_the_pages(titled, client):
    today = timezone.localdate()
    client.force_login(titled.dung)
    page = client.get(reverse("reporting:freeze", args=[today.year, titled.association.code]))
    assert page.status_code == 200
    assert "bản số 1" in page.content.decode()

    asked = {"number": 1, "day": today.isoformat()}
    done = client.post(page.request["PATH_INFO"], asked)
    report = FrozenReport.objects.get()
    assert done.headers["Location"] == client.post(page.request["PATH_INFO"], asked).headers["Location"]
    assert done.headers["Location"] == address(report)
    sent = {"recipient": "Hội Khuyến học thành phố", "way": "documents", "sent_on": today.isoformat()}
    assert client.post(address(report, "send"), sent | {"sent_on": "2020-01-01"}).status_code == 422
    assert client.post(address(report, "send"), sent).status_code == 302

    shown = client.get(address(report)).content.decode()
    assert "Hội Khuyến học thành phố" in shown
    above = client.get(reverse("reporting:report", args=[today.year, titled.association.code])).content.decode()
    assert "Bản số 1" in above


def test_a_stale_page_is_told_which_version_stands_and_keeps_what_was_typed(titled, client):
    today = timezone.localdate()
    report = freeze(titled, year=today.year, day=today, at=timezone.now())
    client.force_login(titled.dung)

    page = client.post(
        reverse("reporting:freeze", args=[today.year, titled.association.code]),
        {"number": 1, "day": today.isoformat(), "remarks": "Thiếu máy tính."},
    )

    assert page.status_code == 422
    assert address(report) in page.content.decode()
    form = page.context["form"]
    assert (form["number"].value(), form["remarks"].value()) == (2, "Thiếu máy tính.")
    assert "reason" in form.fields
    assert FrozenReport.objects.count() == 1


def test_the_body_above_sees_who_has_sent_and_who_is_late(titled):
    report = freeze(titled)
    due = datetime.datetime(YEAR, 12, 15, 8, tzinfo=AT.tzinfo)
    day = due.date()
    nobody = received(titled.province, YEAR, day)
    assert (nobody.sent, len(nobody.begun), len(nobody.lines)) == (0, 1, 2)

    note_sending(report=report, recipient="Hội cấp trên", way="documents", sent_on=day, by=titled.dung, at=due)
    late = received(titled.province, YEAR, day)
    assert (late.sent, late.late) == (1, 1)
    note_sending(
        report=report,
        recipient="Hội cấp trên",
        way="hand",
        sent_on=day - datetime.timedelta(days=1),
        by=titled.dung,
        at=due,
    )
    assert received(titled.province, YEAR, day).late == 0


def test_the_pages_query_count_does_not_grow_with_versions(titled, client):
    freeze(titled)
    client.force_login(titled.dung)
    page = reverse("reporting:report", args=[YEAR, titled.association.code])

    assert_constant_queries(lambda: client.get(page), lambda: freeze(titled, reason="Bản nữa."))


def test_a_target_that_is_new_stands_as_difference(titled):
    report = freeze(titled)
    kept = contents_of(report.content).figures

    [gone] = differences(kept, kept[1:])
    assert gone.numerators[1] is None
    assert differences(kept[1:], kept)[0].numerators[0] is None
    assert Target.objects.exists()
