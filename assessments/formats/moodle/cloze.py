"""Blanks inside a text as Moodle writes them: {1:SHORTANSWER:=Hà Nội~=Thăng Long}, {1:MULTICHOICE:=1945~1954}."""

import re
from collections.abc import Iterable
from decimal import Decimal

from assessments.formats.question import WHOLE, percent_of
from assessments.kinds.blanks import MARK, Gap

_WRITTEN = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM")
_CHOSEN = ("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
           "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS")  # fmt: skip
_FIELD = re.compile(r"\{\d*:([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_ESCAPED = re.compile(r"[\\~=#/\"}]")
_MARKED = re.compile(r"\[(\d{1,3})\]")


def blanks_of(text: str) -> tuple[str, tuple[Gap, ...]] | None:
    """The text with [1], [2]… and its blanks; None if one of them is of a sort that the bank does not hold."""
    gaps, pieces, end = list[Gap](), list[str](), 0
    for found in _FIELD.finditer(text):
        gap = _gap(found.group(1), found.group(2))
        if gap is None:
            return None
        gaps.append(gap)
        pieces += [unmarked(text[end : found.start()]), f"[{len(gaps)}]"]
        end = found.end()
    return ("".join([*pieces, unmarked(text[end:])]), tuple(gaps)) if gaps else None


def cloze_of(passage: str, gaps: Iterable[Gap]) -> str:
    fields = [_field(gap) for gap in gaps]
    return MARK.sub(lambda found: fields[int(found.group(1)) - 1], passage)


def unmarked(text: str) -> str:
    """What stands in brackets in a text of others is no mark of ours."""
    return _MARKED.sub(r"(\1)", text)


def _gap(sort: str, source: str) -> Gap | None:
    if sort not in _WRITTEN + _CHOSEN:
        return None
    right, wrong = list[str](), list[str]()
    for part in _cut(source, "~"):
        text, percent = _weighed(_cut(part, "#")[0])
        if not text:
            continue
        if percent == WHOLE:
            right.append(text.partition(":")[0] if sort in ("NUMERICAL", "NM") else text)
        elif sort in _CHOSEN:
            wrong.append(text)
    return Gap(tuple(right), tuple(wrong)) if right else None


def _weighed(part: str) -> tuple[str, Decimal]:
    found = re.match(r"\s*(?:(=)|%(-?\d+(?:\.\d+)?)%)?", part)
    assert found is not None
    percent = WHOLE if found.group(1) else percent_of(found.group(2) or "0")
    text = " ".join(part[found.end() :].split())
    return ("" if text == "*" else re.sub(r"\\(.)", r"\1", text)), percent


def _cut(text: str, mark: str) -> list[str]:
    parts, start = list[str](), 0
    for found in re.finditer(r"\\.|" + mark, text, re.DOTALL):
        if found.group() == mark:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _field(gap: Gap) -> str:
    marked = [f"={_escape(text)}" for text in gap.right] + [_escape(text) for text in gap.wrong]
    return f"{{1:{'MULTICHOICE' if gap.wrong else 'SHORTANSWER'}:{'~'.join(marked)}}}"


def _escape(text: str) -> str:
    escaped = _ESCAPED.sub(r"\\\g<0>", text)
    return f"\\{escaped}" if escaped.startswith("%") or escaped == "*" else escaped
