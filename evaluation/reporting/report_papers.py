"""The year's report of a unit and its annex as official papers. Papers are in Vietnamese whoever draws them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import override

from evaluation.recognition.papers.issuers import (
    association_above,
    association_of_province,
    issuer_of,
    place_and_date,
    symbol_of,
)
from evaluation.recognition.papers.signing import ASSOCIATION_BOARD, collective_of
from evaluation.reporting.figures import Figure, Overview
from evaluation.reporting.frozen import Difference, Version
from learning.evidence.ledger.verifier import SignedCheckpoint
from learning.evidence.registries.gatherings import Held
from membership.models import Unit, UnitKind
from papers.paper import DOTS, Block, Paper, Signature, Table, in_words, points

_SUBJECT = "xây dựng mô hình “Công dân học tập”"
_LANGUAGE = "vi"


@dataclass(frozen=True)
class Frozen:
    """What the papers of a frozen version say beyond a draft's: which one it is, and what it says differently."""

    version: Version
    sha256: str
    previous_at: datetime.datetime | None
    changes: Sequence[Difference]


def annual_report(found: Overview, frozen: Frozen | None = None) -> Paper:
    """Báo cáo: the plan's targets, each with what was counted over what. A draft leaves room to write in."""
    unit, year = found.unit, found.year
    counted = f"Số liệu tính đến hết {in_words(found.cutoff.day)}"
    if found.cutoff.leaves_out_later:
        counted += ", không tính danh hiệu được công nhận sau ngày này"
    if found.cutoff.is_provisional:
        counted += "; đây là số tạm tính, số chính thức chốt ngày 31 tháng 12"
    if found.cutoff.is_behind:
        counted += "; nhiều thay đổi mới nhập chưa được đếm"
    with override(_LANGUAGE):
        table = _targets(found.figures)
    return Paper(
        body=_sender(unit),
        symbol=_number_of(unit, frozen),
        dated=place_and_date(unit, timezone.localdate(frozen.version.frozen_at) if frozen else None),
        kind="Báo cáo",
        summary=f"Kết quả thực hiện các chỉ tiêu {_SUBJECT} năm\N{NO-BREAK SPACE}{year}",
        addressee=f"Kính gửi: {receiver_of(unit)}.",
        blocks=[
            Block("I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", is_heading=True),
            Block(f"{counted}."),
        ],
        table=table,
        closing=[
            Block(_held(found.gatherings), lead="Buổi tập huấn, hội nghị, nói chuyện chuyên đề:"),
            Block("II. KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT", is_heading=True),
            *_remarks(frozen),
            *(_changes(frozen) if frozen else []),
            Block(
                "Kèm theo báo cáo là Phụ lục các điểm niêm phong sổ minh chứng trong năm, để nơi nhận đối chiếu về "
                "sau rằng số liệu gốc không bị sửa hoặc xóa./."
            ),
        ],
        signatures=[Signature(_on_behalf_of(unit))],
        recipients=["Như trên;", f"Lưu: VT, {_symbol(unit)}."],
    )


def annex_of_seals(
    unit: Unit, year: int, checkpoints: Sequence[SignedCheckpoint], frozen: Frozen | None = None
) -> Paper:
    """Phụ lục: the last checkpoint of each month. Who keeps it can show that history was not written anew."""
    rows = [[_month(one), str(one.number), _time(one), _number(one.size), in_groups(one.root)] for one in checkpoints]
    headings = ["Tháng", "Số", "Thời điểm niêm phong", "Số mục", "Gốc của cây băm (SHA-256)"]
    return Paper(
        body=_sender(unit),
        kind="Phụ lục",
        summary=f"Các điểm niêm phong sổ minh chứng năm {year}",
        attached_to=_attached_to(unit, frozen),
        blocks=[
            Block(
                "Mỗi điểm niêm phong chốt toàn bộ sổ minh chứng đến thời điểm ghi trong bảng. Sổ về sau phải bắt đầu "
                "đúng bằng phần đã chốt; gốc khác đi nghĩa là sổ đã bị sửa."
            ),
            *(
                [Block(", ".join(sorted({one.key for one in checkpoints})) + ".", lead="Khóa ký:")]
                if checkpoints
                else []
            ),
        ],
        table=Table(headings, rows, wide=[4], centred=[0, 1, 2, 3]),
        closing=[
            Block(
                "Để đối chiếu: mở trang Sổ niêm phong trên hệ thống (/minh-chung/niem-phong/), xem điểm cùng số và so "
                "từng nhóm ký tự của gốc; hoặc dùng chương trình kiểm tra sổ kèm theo hệ thống với tệp điểm niêm phong "
                "đã nhận qua thư."
            ),
            *(_fingerprint(frozen) if frozen else []),
        ],
    )


def _held(held: Held) -> str:
    if not held.sessions:
        return "Trong năm không ghi nhận buổi nào."
    hours = f"{held.hours:g}".replace(".", ",")
    return (
        f"Trong năm đã tổ chức {_number(held.sessions)} buổi, tổng thời lượng {hours} giờ; "
        f"{_number(held.people)} người có mặt được ghi nhận, mỗi người tính một lần."
    )


def _number_of(unit: Unit, frozen: Frozen | None) -> str:
    known = frozen.version.paper_number if frozen else ""
    return f"Số: {known}" if known else f"Số: {' ' * 8}/BC-{_symbol(unit)}"


def _attached_to(unit: Unit, frozen: Frozen | None) -> str:
    known = frozen.version.paper_number if frozen else ""
    day = timezone.localdate(frozen.version.frozen_at) if frozen else None
    return f"(Kèm theo Báo cáo số {known or f'{DOTS}/BC-{_symbol(unit)}'} {in_words(day)})"


def _remarks(frozen: Frozen | None) -> list[Block]:
    if frozen is None:
        return [Block(DOTS * 12)]
    lines = [line.strip() for line in frozen.version.remarks.splitlines() if line.strip()]
    return [Block(line) for line in lines] or [Block("Không có.")]


def _changes(frozen: Frozen) -> list[Block]:
    """What a later version says differently, and why it was made."""
    if frozen.previous_at is None:
        return []
    earlier = f"bản số {frozen.version.number - 1}, chốt {_moment(frozen.previous_at)}"
    told = [
        Block(f"{change.label}: trước đây {_counted(change, 0)}, nay {_counted(change, 1)}.")
        for change in frozen.changes
    ]
    return [
        Block("III. THAY ĐỔI SO VỚI BẢN TRƯỚC", is_heading=True),
        Block(f"Bản này thay thế {earlier}. Lý do: {frozen.version.reason.rstrip('.')}."),
        *(told or [Block("Số liệu các chỉ tiêu không thay đổi.")]),
    ]


def _counted(change: Difference, which: int) -> str:
    numerator, denominator = change.numerators[which], change.denominators[which]
    if numerator is None:
        return "chưa có chỉ tiêu này"
    over = "chưa có số liệu" if denominator is None else _number(denominator)
    return f"{_number(numerator)} trên {over}"


def _fingerprint(frozen: Frozen) -> list[Block]:
    return [
        Block(
            f"Số liệu của báo cáo là bản số {frozen.version.number}, chốt {_moment(frozen.version.frozen_at)}. "
            f"Mã băm SHA-256 của tệp số liệu (so-lieu.json): {in_groups(frozen.sha256)}.",
            lead="Mã kiểm tra:",
        )
    ]


def _moment(at: datetime.datetime) -> str:
    return f"lúc {timezone.localtime(at):%H:%M} ngày {timezone.localtime(at):%d/%m/%Y}"


def in_groups(digest: str) -> str:
    """Eight signs at a time, so that people compare it without losing their place."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _targets(figures: Sequence[Figure]) -> Table:
    rows = [
        [
            str(place),
            str(figure.definition.label),
            f"{_number(figure.numerator)} {figure.definition.numerator_words}",
            _whole(figure),
            "chưa có số liệu" if figure.share is None else f"{points(figure.share)} %",
            "" if figure.percent_goal is None else f"{figure.percent_goal} % ({figure.until})",
        ]
        for place, figure in enumerate(figures, start=1)
    ]
    headings = ["TT", "Chỉ tiêu", "Đạt được", "Trên tổng số", "Tỷ lệ", "Mục tiêu (năm)"]
    return Table(headings, rows, wide=[1, 2, 3], centred=[0, 4, 5])


def _whole(figure: Figure) -> str:
    if figure.denominator is None:
        return f"chưa có số liệu ({figure.definition.denominator_words})"
    return f"{_number(figure.denominator)} {figure.definition.denominator_words}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _sender(unit: Unit) -> str:
    """For the province its association reports: the plan, V."""
    if unit.kind == UnitKind.PROVINCE:
        return association_of_province(unit)
    return issuer_of(unit)


def _on_behalf_of(unit: Unit) -> Sequence[str]:
    return ASSOCIATION_BOARD if unit.kind == UnitKind.PROVINCE else collective_of(unit)


def _symbol(unit: Unit) -> str:
    return "HKH" if unit.kind == UnitKind.PROVINCE else symbol_of(unit)


def receiver_of(unit: Unit) -> str:
    if unit.kind == UnitKind.PROVINCE:
        return f"{issuer_of(unit)}; Trung ương Hội Khuyến học Việt Nam"
    return association_above(unit)


def _month(one: SignedCheckpoint) -> str:
    return f"{_local(one).month:02d}"


def _time(one: SignedCheckpoint) -> str:
    return f"{_local(one):%H:%M %d/%m/%Y}"


def _local(one: SignedCheckpoint) -> datetime.datetime:
    return timezone.localtime(datetime.datetime.fromisoformat(one.time.replace("Z", "+00:00")))
