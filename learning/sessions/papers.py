"""Papers of a session: invitations, the sheet that shows the way, minutes. In Vietnamese whoever draws them."""

import datetime
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from learning.sessions.models import Session
from membership.models import Unit
from papers.files import qr_of
from papers.paper import DOTS, Block, Paper, Signature, Table, in_words, people


def invitation(session: Session, name: str, day: datetime.date) -> Paper:
    """Giấy mời of the day, to one person."""
    answer = Block(
        f"Kính mời quét mã QR ở đầu giấy, hoặc chọn buổi này tại {_list()}, để báo có đến hay không trước khi buổi "
        "tập huấn bắt đầu.",
        lead="Trả lời:",
    )
    return Paper(
        body=session.unit.name,
        symbol=f"Số: {' ' * 8}/GM",
        dated=_dated(day),
        kind="Giấy mời",
        summary=session.title,
        addressee=f"Kính mời: {name}",
        blocks=[*_when_and_where(session, session.way), *_agenda(session), answer],
        closing=[Block("Rất mong sự có mặt của ông/bà./.")],
        signatures=[Signature(["Đại diện đơn vị tổ chức"])],
        code=qr_of(page_of(session)),
        code_says=f"Quét mã để trả lời{' và xem bản đồ' if session.map_link else ''}",
    )


def way(session: Session) -> Paper:
    """The sheet for the door and for who brings others along."""
    return Paper(
        body=session.unit.name,
        kind="Đường đến nơi tập huấn",
        summary=session.title,
        blocks=_when_and_where(session, session.way),
        code=_code(session)[0],
        code_says=_code(session)[1],
    )


def minutes(session: Session, present: int) -> Paper:
    """Biên bản; room to write by hand where none are written yet."""
    written = [line for line in session.minutes.splitlines() if line.strip()]
    return Paper(
        body=session.unit.name,
        dated=_dated(timezone.localdate(session.ends_at)),
        kind="Biên bản",
        summary=session.title,
        blocks=[
            *_when_and_where(session),
            Block(people(present), lead="Số người có mặt:"),
            *_agenda(session),
            Block("DIỄN BIẾN VÀ KẾT LUẬN", is_heading=True),
            *[Block(line) for line in written or [DOTS * 12] * 6],
        ],
        signatures=[
            Signature(["Thư ký"], note="(Ký, ghi rõ họ tên)"),
            Signature(["Chủ trì"], note="(Ký, ghi rõ họ tên)"),
        ],
    )


def plan(unit: Unit, year: int, sessions: Iterable[Session]) -> Paper:
    """Kế hoạch of the year, month by month."""
    rows = [
        [
            f"{timezone.localdate(one.starts_at).month}",
            "; ".join(f"{begins:%H:%M %d/%m/%Y}" for begins, _ends in one.periods),
            one.title,
            one.place,
            one.trainers,
            one.unit.name,
        ]
        for one in sessions
    ]
    headings = ["Tháng", "Thời gian", "Nội dung", "Địa điểm", "Người trình bày", "Đơn vị tổ chức"]
    return Paper(
        body=unit.name,
        symbol=f"Số: {' ' * 8}/KH",
        dated=_dated(None),
        kind="Kế hoạch",
        summary=f"Tổ chức các buổi tập huấn năm {year}",
        blocks=[] if rows else [Block("Chưa có buổi nào được lên kế hoạch.")],
        table=Table(headings, rows, wide=[2, 3, 4, 5], centred=[0, 1]) if rows else None,
        signatures=[Signature(["Đại diện đơn vị"])],
    )


def page_of(session: Session) -> str:
    return settings.BASE_URL + reverse("sessions:page", args=[session.pk])


def _list() -> str:
    """Where all sessions stand, short enough to be typed."""
    return settings.BASE_URL.partition("//")[2] + reverse("sessions:upcoming")


def _when_and_where(session: Session, way: str = "") -> list[Block]:
    told = {
        "Thời gian:": when_in_words(session),
        "Địa điểm:": session.place,
        "Đường đi:": way,
        "Người trình bày:": session.trainers,
    }
    return [Block(text, lead=lead) for lead, text in told.items() if text]


def when_in_words(session: Session) -> str:
    return "; ".join(_period_in_words(begins, ends) for begins, ends in session.periods)


def _period_in_words(begins: datetime.datetime, ends: datetime.datetime) -> str:
    if begins.date() == ends.date():
        return f"từ {begins:%H:%M} đến {ends:%H:%M}, {in_words(begins.date())}"
    return f"từ {begins:%H:%M}, {in_words(begins.date())} đến {ends:%H:%M}, {in_words(ends.date())}"


def _agenda(session: Session) -> Iterator[Block]:
    lines = [line.strip() for line in session.agenda.splitlines() if line.strip()]
    if lines:
        yield Block(lead="Chương trình:")
    yield from (Block(f"- {line}") for line in lines)


def _code(session: Session) -> tuple[str, str]:
    """The way on a map, or else the session's page, to be scanned; and what it leads to."""
    if session.map_link:
        return qr_of(session.map_link), "Mã QR dẫn tới bản đồ chỉ đường"
    return qr_of(page_of(session)), "Mã QR dẫn tới trang của buổi tập huấn"


def _dated(day: datetime.date | None) -> str:
    return f"N{in_words(day)[1:]}"
