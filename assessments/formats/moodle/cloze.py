"""Blanks in a text, as Moodle writes them: {1:SHORTANSWER:=Hà Nội~=Thăng Long}, {1:MC:=1945~1954}."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.formats.question import WHOLE, number_in, percent_of
from assessments.formats.texts import cut, unequal_blanks
from assessments.kinds.blanks import MARK, Gap

_CASE_COUNTS = ("SHORTANSWER_C", "SAC", "MWC")
_NUMBERS = ("NUMERICAL", "NM")
_WRITTEN = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", *_NUMBERS)
_CHOSEN = ("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
           "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS")  # fmt: skip
_FIELD = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_ESCAPED = re.compile(r"[\\~=#/\"}]")
_MARKED = re.compile(r"\[(\d{1,3})\]")


def blanks_of(text: str) -> tuple[str, tuple[Gap, ...]] | None:
    """The text with [1], [2]… and its blanks; None if one of them is of a sort that the bank does not hold."""
    gaps, pieces, end = list[Gap](), list[str](), 0
    for found in _FIELD.finditer(text):
        gap = _gap(found.group(2), found.group(3))
        if gap is None:
            return None
        gaps.append(gap)
        pieces += [unmarked(text[end : found.start()]), f"[{len(gaps)}]"]
        end = found.end()
    return ("".join([*pieces, unmarked(text[end:])]), tuple(gaps)) if gaps else None


def cloze_of(passage: str, gaps: Iterable[Gap]) -> str:
    fields = [_field(gap) for gap in gaps]
    return MARK.sub(lambda found: fields[int(found.group(1)) - 1], passage)


def notes_of(text: str) -> tuple[str, ...]:
    """What of its blanks the bank does not keep."""
    fields = list(_FIELD.finditer(text))
    answers = [(field[2], cut(part, "#")) for field in fields for part in cut(field[3], "~")]
    partly = {sort in _CHOSEN for sort, answer in answers if 0 < _weighed(answer[0])[1] < WHOLE}
    notes = {
        _("Capital letters, which counted in some of the blanks, do not count here."): any(
            field[2] in _CASE_COUNTS for field in fields
        ),
        _("Options that earned a part of the point count as wrong."): True in partly,
        _("Answers that earned a part of the point are left out."): False in partly,
        _("What was said to single answers is left out: everyone would read it here."): any(
            "".join(said).strip() for _sort, (_text, *said) in answers
        ),
        unequal_blanks(): len({field[1].lstrip("0") or "1" for field in fields}) > 1,
    }
    return tuple(note for note, is_so in notes.items() if is_so)


def unmarked(text: str) -> str:
    """What stands in brackets in a text of others is no mark of ours."""
    return _MARKED.sub(r"(\1)", text)


def _gap(sort: str, source: str) -> Gap | None:
    if sort not in _WRITTEN + _CHOSEN:
        return None
    if sort in _NUMBERS:
        return _number_gap(source)
    right, wrong = list[str](), list[str]()
    for part in cut(source, "~"):
        text, percent = _weighed(cut(part, "#")[0])
        if not text:
            continue
        if percent == WHOLE:
            right.append(text)
        elif sort in _CHOSEN:
            wrong.append(text)
    return Gap(tuple(right), tuple(wrong)) if right else None


def _number_gap(source: str) -> Gap | None:
    """=23.8:0.1; several wholly right ones only with one tolerance."""
    found = [
        text.partition(":") for part in cut(source, "~") for text, percent in [_weighed(cut(part, "#")[0])]
        if text and percent == WHOLE
    ]  # fmt: skip
    right = tuple(dict.fromkeys(number_in(number) for number, _colon, _within in found))
    tolerances = {number_in(within) or "0" for _number, _colon, within in found}
    return Gap(right, (), tolerances.pop()) if right and all(right) and len(tolerances) == 1 else None


def _weighed(part: str) -> tuple[str, Decimal]:
    found = re.match(r"\s*(?:(=)|%(-?\d+(?:\.\d+)?)%)?", part)
    assert found is not None
    percent = WHOLE if found.group(1) else percent_of(found.group(2) or "0")
    text = " ".join(part[found.end() :].split())
    return ("" if text == "*" else re.sub(r"\\(.)", r"\1", text)), percent


def _field(gap: Gap) -> str:
    if gap.tolerance:
        return f"{{1:NUMERICAL:{'~'.join(f'={right}:{gap.tolerance}' for right in gap.right)}}}"
    marked = [f"={_escape(text)}" for text in gap.right] + [_escape(text) for text in gap.wrong]
    return f"{{1:{'MULTICHOICE' if gap.wrong else 'SHORTANSWER'}:{'~'.join(marked)}}}"


def _escape(text: str) -> str:
    escaped = _ESCAPED.sub(r"\\\g<0>", text)
    return f"\\{escaped}" if escaped.startswith("%") or escaped == "*" else escaped
