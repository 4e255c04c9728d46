"""Biên bản: the minutes of a body's meeting, from what was entered when they were closed."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import timezone

from evaluation.dossiers.models import Attendance, Meeting, MeetingLine
from evaluation.recognition.papers.paper import (
    DOTS,
    Block,
    Paper,
    Signature,
    Table,
    in_words,
    issuer_of,
    number_and_symbol,
    people,
    points,
)

_TITLE = "danh hiệu “Công dân học tập”"


def minutes(meeting: Meeting, totals: Mapping[int, Decimal | None]) -> Paper:
    """Of a meeting joined as by ``Meeting.objects.for_page()``, with the reviewed totals by dossier; open minutes have
    room to write in."""
    lines, attendances = list(meeting.lines.all()), list(meeting.attendances.all())
    return Paper(
        body=issuer_of(meeting.unit),
        symbol=number_and_symbol("", "BB", meeting.unit),
        kind="Biên bản",
        summary=f"Họp xét, đề nghị công nhận {_TITLE} năm {meeting.year}",
        blocks=[*_beginning(meeting, attendances), *_content(meeting, lines)],
        table=_table(lines, totals),
        closing=[_end(meeting)],
        signatures=[
            Signature(["Thư ký"], meeting.secretary.full_name),
            Signature(["Chủ tọa"], meeting.chair.full_name),
        ],
        recipients=["Cấp có thẩm quyền công nhận;", "Lưu: VT."],
    )


def _beginning(meeting: Meeting, attendances: Sequence[Attendance]) -> list[Block]:
    came = [row.person.full_name for row in attendances if row.is_present]
    away = [row.person.full_name for row in attendances if not row.is_present]
    blocks = [
        Block(_moment(meeting.held_at), lead="Thời gian bắt đầu:"),
        Block(meeting.place, lead="Địa điểm:"),
        Block(meeting.chair.full_name, lead="Chủ trì:"),
        Block(meeting.secretary.full_name, lead="Thư ký:"),
    ]
    if not meeting.is_closed:
        return [*blocks, Block("; ".join([*came, *away]), lead="Thành phần được mời:")]
    present = f"{people(len(came))}, gồm {'; '.join(came)}."
    absent = f"{people(len(away))}, gồm {'; '.join(away)}." if away else "không."
    return [*blocks, Block(present, lead="Có mặt:"), Block(absent, lead="Vắng mặt:")]


def _content(meeting: Meeting, lines: Sequence[MeetingLine]) -> list[Block]:
    agreed = sum((line.votes_for or 0) > (line.votes_against or 0) for line in lines)
    found = (
        f"Cuộc họp nhất trí với {people(agreed)} trong số đó; kết quả từng người ghi ở bảng dưới đây."
        if meeting.is_closed
        else f"Kết quả: {DOTS * 20}"
    )
    return [
        Block("NỘI DUNG", is_heading=True),
        Block(f"Cuộc họp xem xét hồ sơ của {people(len(lines))}: phiếu tự đánh giá, minh chứng và điểm thẩm định."),
        *(Block(text) for text in meeting.notes.splitlines() if text.strip()),
        Block(found),
    ]


def _end(meeting: Meeting) -> Block:
    ended = _moment(meeting.closed_at) if meeting.closed_at else f"{DOTS} giờ {DOTS}, {in_words(None)}"
    return Block(f"Biên bản lập xong lúc {ended} và được thông qua tại cuộc họp./.")


def _table(lines: Sequence[MeetingLine], totals: Mapping[int, Decimal | None]) -> Table:
    rows = [
        [
            str(place),
            line.dossier.person.full_name,
            line.dossier.unit.name,
            points(totals.get(line.dossier_id)),
            _count(line.votes_for),
            _count(line.votes_against),
        ]
        for place, line in enumerate(lines, start=1)
    ]
    headings = ["TT", "Họ và tên", "Đơn vị", "Tổng điểm", "Đồng ý", "Không đồng ý"]
    return Table(headings, rows, wide=[1, 2], centred=[0, 3, 4, 5])


def _count(votes: int | None) -> str:
    return "" if votes is None else str(votes)


def _moment(at: datetime.datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.hour:02d} giờ {local.minute:02d}, {in_words(local.date())}"
