"""Official papers in their words: of a decision (tờ trình asks for it, danh sách goes with both, quyết định is the
decision itself), and biên bản, the minutes of a body's meeting, from what was entered when they were closed."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override

from evaluation.dossiers.bodies import steps_of
from evaluation.dossiers.models import Attendance, Meeting, MeetingLine
from evaluation.dossiers.readiness import rules_told
from evaluation.recognition.models import Decision, DecisionLine
from evaluation.recognition.papers.issuers import (
    association_above,
    issuer_of,
    lower_first,
    number_and_symbol,
    place_and_date,
    symbol_of,
)
from evaluation.recognition.papers.signing import capacity_of, collective_of, head_of, is_committee
from membership.models import Unit
from papers.paper import DOTS, Block, Paper, Signature, Table, in_words, people, points

_RESULTS = {
    "": "",
    "carried": "Thông qua",
    "lost": "Không thông qua",
    "short": "Không đủ người xét",
    "noted": "Ghi nhận",
}
_TITLE = "danh hiệu “Công dân học tập”"
_LAW_OF_COMMITTEES = "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"


def petition(decision: Decision, lines: Sequence[DecisionLine], association: Unit | None) -> Paper:
    """Tờ trình: the association (or, where there is none, the unit itself) asks the recognising body."""
    asks, body = association or decision.unit, issuer_of(decision.unit)
    year = decision.year
    return Paper(
        body=issuer_of(asks),
        symbol=number_and_symbol("", "TTr", asks),
        dated=place_and_date(asks, None),
        kind="Tờ trình",
        summary=f"Về việc đề nghị công nhận {_TITLE} năm {year}",
        addressee=f"Kính gửi: {body}.",
        blocks=[
            *_bases(decision, lines),
            Block(
                f"Trên cơ sở phiếu tự đánh giá của công dân, biên bản họp xét và kết quả thẩm định năm {year}, "
                f"{issuer_of(asks)} kính trình {body} xem xét, công nhận {_TITLE} năm {year} cho {people(len(lines))} "
                "(có danh sách kèm theo)."
            ),
            Block(f"Kính đề nghị {body} xem xét, quyết định./."),
        ],
        signatures=[Signature(collective_of(asks))],
        recipients=["Như trên;", f"Lưu: VT, {symbol_of(asks)}."],
    )


def decision_paper(decision: Decision, lines: Sequence[DecisionLine], association: Unit | None) -> Paper:
    """Quyết định, signed or with room for number, date and signature."""
    body, year = issuer_of(decision.unit), decision.year
    asked_by = issuer_of(association) if association else "bộ phận phụ trách công tác khuyến học"
    return Paper(
        body=body,
        symbol=number_and_symbol(decision.number, "QĐ", decision.unit),
        dated=place_and_date(decision.unit, decision.signed_on),
        kind="Quyết định",
        summary=f"Về việc công nhận {_TITLE} năm {year}",
        authority=f"{head_of(decision.signer_title, decision.unit)} {body}",
        blocks=[
            *_bases(decision, lines),
            Block(f"Theo đề nghị của {asked_by}.", is_basis=True),
            Block("QUYẾT ĐỊNH:", is_heading=True),
            Block(f"Công nhận {_TITLE} năm {year} cho {people(len(lines))} (có danh sách kèm theo).", lead="Điều 1."),
            Block("Quyết định này có hiệu lực thi hành kể từ ngày ký.", lead="Điều 2."),
            Block(
                f"{capfirst(asked_by)}, các đơn vị liên quan và các ông, bà có tên trong danh sách tại "
                "Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
                lead="Điều 3.",
            ),
        ],
        signatures=[Signature(capacity_of(decision.signer_title, decision.unit), decision.signer_name)],
        recipients=["Như Điều 3;", f"{association_above(decision.unit)} (để báo cáo);", "Lưu: VT."],
    )


def list_paper(decision: Decision, lines: Sequence[DecisionLine]) -> Paper:
    """Danh sách, as the annex of the decision, or of the petition while it is not signed."""
    paper = Paper(
        body=issuer_of(decision.unit),
        kind="Danh sách",
        summary=f"Công dân được công nhận {_TITLE} năm {decision.year}",
        attached_to=(
            f"(Kèm theo Quyết định số {decision.number} {in_words(decision.signed_on)} của {issuer_of(decision.unit)})"
        ),
        blocks=[],
        table=_table(lines),
    )
    if not decision.is_draft:
        return paper
    return replace(
        paper,
        summary=f"Công dân được đề nghị công nhận {_TITLE} năm {decision.year}",
        attached_to=f"(Kèm theo Tờ trình số {DOTS}/TTr-HKH {in_words(None)})",
    )


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
        table=_votes_table(lines, totals),
        closing=[_end(meeting)],
        signatures=[
            Signature(["Thư ký"], meeting.secretary.full_name),
            Signature(["Chủ tọa"], meeting.chair.full_name),
        ],
        recipients=["Cấp có thẩm quyền công nhận;", "Lưu: VT."],
    )


def _table(lines: Sequence[DecisionLine]) -> Table:
    rows = [
        [
            str(place),
            line.name_shown,
            str(line.dossier.person.birth_year or ""),
            line.place_shown,
            points(line.total),  # type: ignore[attr-defined]  # annotated
        ]
        for place, line in enumerate(lines, start=1)
    ]
    headings = ["TT", "Họ và tên", "Năm sinh", "Đơn vị", "Tổng điểm"]
    return Table(headings, rows, wide=[1, 3], centred=[0, 2, 4])


def bases_known(decision: Decision, lines: Sequence[DecisionLine]) -> list[str]:
    """What it rests on, as far as the records say, each with its date; who issues completes it."""
    sets = {line.dossier.criteria_set for line in lines}
    named = sorted((one.name, one.valid_from) for one in sets)
    criteria = ", ".join(f"{lower_first(name)} áp dụng từ {in_words(day)}" for name, day in dict(named).items())
    return [
        *([f"Căn cứ {_LAW_OF_COMMITTEES};"] if is_committee(decision.unit) else []),
        *([f"Căn cứ {criteria};"] if criteria else []),
    ]


def _bases(decision: Decision, lines: Sequence[DecisionLine]) -> list[Block]:
    """As they were fixed, else what is known."""
    told = decision.bases.splitlines() if decision.bases else bases_known(decision, lines)
    return [Block(text, is_basis=True) for text in told]


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
    with override("vi"):
        rule = rules_told(steps_of(meeting, lines).values())
    found = (
        f"{rule} {_outcome(lines)}; kết quả từng người ghi ở bảng dưới đây."
        if meeting.is_closed
        else f"Kết quả: {DOTS * 20}"
    )
    return [
        Block("NỘI DUNG", is_heading=True),
        Block(f"Cuộc họp xem xét hồ sơ của {people(len(lines))}: phiếu tự đánh giá, minh chứng và điểm thẩm định."),
        *(Block(text) for text in meeting.notes.splitlines() if text.strip()),
        *_remarks(lines),
        *_without_vote(meeting, lines),
        Block(found),
    ]


def _remarks(lines: Sequence[MeetingLine]) -> list[Block]:
    said = [line for line in lines if line.remark]
    return [Block(line.remark.replace("\n", " "), lead=f"Ý kiến về {line.dossier.person.full_name}:") for line in said]


def _without_vote(meeting: Meeting, lines: Sequence[MeetingLine]) -> list[Block]:
    """Who was there and had no vote: on their own dossier by name, all others by how many voted."""
    if not meeting.is_closed:
        return []
    present = {row.person_id: row.person.full_name for row in meeting.attendances.all() if row.is_present}
    own = [present[line.dossier.person_id] for line in lines if line.dossier.person_id in present]
    short = [
        line for line in lines if line.result and _voted(line) < len(present) - (line.dossier.person_id in present)
    ]
    told = "; ".join(f"{line.dossier.person.full_name} ({_voted(line)}/{len(present)})" for line in short)
    return [
        *([Block(f"{'; '.join(own)}.", lead="Không biểu quyết về hồ sơ của chính mình:")] if own else []),
        *([Block(f"{told}.", lead="Hồ sơ có người không biểu quyết (người thân, đã xét ở cấp khác):")] if told else []),
    ]


def _voted(line: MeetingLine) -> int:
    return sum(votes or 0 for votes in (line.votes_for, line.votes_against, line.abstained))


def _outcome(lines: Sequence[MeetingLine]) -> str:
    noted = sum(line.result == MeetingLine.Result.NOTED for line in lines)
    if noted and noted == len(lines):
        return f"Ý kiến của cuộc họp về {people(noted)} được ghi nhận"
    agreed = sum(line.result == MeetingLine.Result.CARRIED for line in lines)
    carried = f"Cuộc họp thông qua {people(agreed)} trong số đó"
    return f"{carried}, ghi nhận ý kiến về {people(noted)}" if noted else carried


def _end(meeting: Meeting) -> Block:
    ended = _moment(meeting.closed_at) if meeting.closed_at else f"{DOTS} giờ {DOTS}, {in_words(None)}"
    return Block(f"Biên bản lập xong lúc {ended} và được thông qua tại cuộc họp./.")


def _votes_table(lines: Sequence[MeetingLine], totals: Mapping[int, Decimal | None]) -> Table:
    rows = [
        [
            str(place),
            line.dossier.person.full_name,
            line.dossier.unit.name,
            points(totals.get(line.dossier_id)) or "chưa có",
            _count(line.votes_for),
            _count(line.votes_against),
            _count(line.abstained),
            _RESULTS[line.result],
        ]
        for place, line in enumerate(lines, start=1)
    ]
    headings = ["TT", "Họ và tên", "Đơn vị", "Tổng điểm", "Đồng ý", "Không đồng ý", "Không có ý kiến", "Kết quả"]
    return Table(headings, rows, wide=[1, 2], centred=[0, 3, 4, 5, 6, 7])


def _count(votes: int | None) -> str:
    return "" if votes is None else str(votes)


def _moment(at: datetime.datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.hour:02d} giờ {local.minute:02d}, {in_words(local.date())}"
