"""Phiếu tự đánh giá: what a person says of their year, to sign by hand, with a code that leads the paper back."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override

from evaluation.dossiers.actions import confirmation_code
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.sheet import own_total
from interface.illustrations import printed_emblem
from learning.evidence.models import Evidence
from papers.paper import Block, Paper, Signature, Table, in_words, points


def self_assessment(dossier: Dossier, code: str) -> Paper:
    """Of a dossier as ``for_own_page()`` reads it; ``code`` is the QR code as SVG."""
    criteria = dossier.criteria_set
    with override("vi"):
        group = dossier.get_group_display()
    return Paper(
        body=dossier.unit.name,
        kind="Phiếu tự đánh giá",
        summary=f"Công dân học tập năm {dossier.year}",
        code=code,
        code_says="Mã QR dẫn về hồ sơ này",
        blocks=[
            Block(f"{dossier.person.full_name}. Mã: {dossier.person.code}. Nhóm: {group}.", lead="Họ và tên:"),
            Block(
                f"Theo {criteria}. Đạt khi tổng điểm từ {points(criteria.threshold)} và không chỉ số nào dưới "
                f"{points(criteria.floor)}."
            ),
            *([Block("", lead="Phiếu do cán bộ nhập giúp.")] if dossier.is_assisted else []),
        ],
        table=_table(dossier),
        closing=_closing(dossier),
        signatures=[Signature(["Người tự đánh giá"], note="(Ký, ghi rõ họ tên)")],
    )


def _table(dossier: Dossier) -> Table:
    scores = dossier.scores.all()
    rows = [
        [
            str(score.indicator.number),
            score.indicator.name,
            points(score.indicator.maximum),
            points(score.self_points),
            "\n".join([*score.self_note.splitlines(), *map(_told, score.evidence.all())]),
        ]
        for score in scores
    ]
    is_begun = any(score.self_points is not None for score in scores)
    total = points(own_total(dossier)) if is_begun else "chưa có"
    headings = ["TT", "Chỉ số", "Điểm tối đa", "Tự đánh giá", "Việc đã làm, minh chứng"]
    emblems = [printed_emblem(score.indicator.number) for score in scores]
    rows.append(["", "Tổng điểm", "", total, ""])
    return Table(headings, rows, wide=[1, 4], centred=[0, 2, 3], emblems=emblems)


def _told(evidence: Evidence) -> str:
    return f"– {evidence.title} ({timezone.localdate(evidence.occurred_at):%d/%m/%Y})"


def _closing(dossier: Dossier) -> list[Block]:
    dated = Block(f"{capfirst(in_words(None))}.")
    if not (dossier.is_assisted and dossier.is_writable):
        return [dated]
    agreed = "Tôi đã được đọc lại phiếu này và đồng ý với nội dung trên."
    return [Block(f"{confirmation_code(dossier)}. {agreed}", lead="Mã xác nhận:"), dated]
