"""Rows of a spreadsheet as plain questions."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.formats.conversion import share_of
from assessments.formats.question import WHOLE, Choice, Parsed, PlainQuestion, Problem
from assessments.formats.xlsx import columns
from assessments.kinds.blanks import Gap, gap_as_written
from assessments.kinds.numbers import canonical, readings, unambiguous
from intake.tables import Layout, rows
from intake.texts import plain_lines
from interface.vietnamese import fold

_KINDS = columns.by_folded(columns.KINDS) | {"dung/sai": "true_false", "dung sai": "true_false"}
_DIFFICULTIES = columns.by_folded(columns.DIFFICULTIES) | {fold(word): key for word, key in columns.LEVELS.items()}
_AUDIENCES = columns.by_folded(columns.AUDIENCES)
_TRUTHS = {fold(columns.TRUE): True, fold(columns.FALSE): False, "true": True, "false": False}
_LETTERS = {"đ": True, "s": False}  # as they are written: D is the fourth option
_ANY_CHOICE = ("trac nghiem", "trac nghiem khach quan", "tn")
_LEAD = re.compile(r"^\s*(?:đáp án|phương án|câu)\s*:?\s*(?=[A-La-l\d]\b)", re.IGNORECASE)
_PARTED = re.compile(r"[;\n]")
Row = dict[str, str]


def read(content: bytes) -> Iterator[Parsed]:
    """Every row beneath the headings. Raises UnreadableError if it is no such spreadsheet."""
    message = _(
        "The first sheet has no row of headings with “%(prompt)s” and “%(kind)s”, or “%(prompt)s”, A, B and “%(key)s”. "
        "Start from the template."
    )
    missing = message % {"kind": columns.KIND, "prompt": columns.PROMPT, "key": columns.KEY}
    layout = Layout(
        columns.spellings(), _is_complete, missing, columns.SHEET,
        takes_text=False, refuses_old_letters=False, own=columns.spellings_of(columns.HEADINGS),
    )  # fmt: skip
    for row in rows(content, layout):
        yield _read({heading: _text(cell) for heading, cell in row.cells.items()}, row.line)


def _is_complete(found: set[str]) -> bool:
    """The template's, or a teacher's own list: what is asked, what can be chosen, and the answer."""
    own = {columns.PROMPT, columns.KEY, *columns.PARTS[:2]}
    return {columns.KIND, columns.PROMPT}.issubset(found) or own.issubset(found)


def _kind(row: Row) -> str | None:
    """Where it is not said, as the answer has it."""
    told = fold(row.get(columns.KIND, ""))
    if told and told not in _ANY_CHOICE:
        return _KINDS.get(told)
    options = [row.get(heading, "") for heading in columns.PARTS]
    if not any(options):
        return None if _truth(row) is None else "true_false"
    right = _right(options, row.get(columns.KEY, ""), has_kind=False)
    return "multiple_choice" if len(right) > 1 else "single_choice"


def _read(row: Row, number: int) -> Parsed:
    prompt = row.get(columns.PROMPT, "")
    excerpt = Truncator(" ".join(prompt[:400].split())).chars(120)
    try:
        kind = _kind(row)
    except ValueError as wrong:
        return Problem(str(wrong), number, excerpt=excerpt)
    if kind is None:
        text = _("The column “%(column)s” holds none of: %(kinds)s.")
        kinds = ", ".join(columns.KINDS.values())
        return Problem(text % {"column": columns.KIND, "kinds": kinds}, number, excerpt=excerpt)
    parts = [row.get(heading, "") for heading in columns.PARTS]
    try:
        held = _held(kind, parts, row)
    except ValueError as wrong:
        return Problem(str(wrong), number, excerpt=excerpt)
    return PlainQuestion(
        kind=kind,
        prompt=prompt,
        line=number,
        code=_code(row),
        topic=row.get(columns.TOPIC, ""),
        audience=_AUDIENCES.get(fold(row.get(columns.AUDIENCE, "")), ""),
        difficulty=_DIFFICULTIES.get(fold(row.get(columns.DIFFICULTY, "")), ""),
        feedback=row.get(columns.FEEDBACK, ""),
        is_tolerant=not _is_yes(row.get(columns.EXACT, "")),
        is_case_exact=kind == "short_text" and _is_yes(row.get(columns.CASE, "")),
        **held,
    )


def _held(kind: str, parts: list[str], row: Row) -> dict[str, Any]:
    if kind == "true_false":
        return {"answer": _truth(row)}
    if kind == "short_text":
        return {"choices": tuple(Choice(part, WHOLE) for part in parts if part)}
    if kind in _MORE:
        return _MORE[kind](parts, row)
    if kind == "ordering":
        return {"items": tuple(part for part in parts if part)}
    if kind == "matching":
        partners = [row.get(heading, "") for heading in columns.PARTNERS]
        return {"pairs": tuple(pair for pair in zip(parts, partners, strict=True) if any(pair))}
    has_kind = fold(row.get(columns.KIND, "")) in _KINDS
    return {"choices": _choices(kind, parts, row.get(columns.KEY, ""), has_kind=has_kind)}


def _truth(row: Row) -> bool | None:
    key = row.get(columns.KEY, "")
    return _TRUTHS.get(fold(key), _LETTERS.get(key.strip().casefold()))


def _code(row: Row) -> str:
    """A list without kinds is a teacher's own: bare numbers count its lines there, and are no codes of the bank."""
    code = row.get(columns.CODE, "")
    return "" if code.isdecimal() and columns.KIND not in row else code


def _is_yes(text: str) -> bool:
    return fold(text) in (fold(columns.YES), "x")


def _numeric(parts: list[str], row: Row) -> dict[str, Any]:
    return {
        "number": _number(row.get(columns.KEY, ""), columns.KEY),
        "tolerance": _number(row.get(columns.TOLERANCE, "") or "0", columns.TOLERANCE),
        "units": tuple(unit.strip() for unit in row.get(columns.UNITS, "").split(";") if unit.strip()),
        "is_unit_asked": _is_yes(row.get(columns.UNIT_ASKED, "")),
    }


def _number(text: str, heading: str) -> str:
    """Raises ValueError in words."""
    found = readings(text)
    if len(found) == 1:
        return canonical(max(found))
    message = _("The column “%(column)s” must hold one number; “%(text)s” is none, or can be read in two ways.")
    raise ValueError(message % {"column": heading, "text": text[:40]})


def _blanks(parts: list[str], row: Row) -> dict[str, Any]:
    others = [row.get(heading, "") for heading in columns.PARTNERS]
    told = [(_lines(right), _lines(wrong)) for right, wrong in zip(parts, others, strict=True) if right or wrong]
    try:
        gaps = [gap_as_written(*each) for each in told]
    except ValidationError as wrong:
        raise ValueError(" ".join(wrong.messages)) from wrong
    held = (Gap(tuple(gap["right"]), tuple(gap["wrong"]), gap.get("tolerance", "")) for gap in gaps)
    return {"passage": row.get(columns.PASSAGE, ""), "gaps": tuple(held)}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _written(parts: list[str], row: Row) -> dict[str, Any]:
    others = [row.get(heading, "") for heading in columns.PARTNERS]
    criteria = ((text, _points(given or "1")) for text, given in zip(parts, others, strict=True) if text)
    return {"criteria": tuple(criteria), "guide": row.get(columns.GUIDE, "")}


def _points(text: str) -> int:
    """Raises ValueError in words."""
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        message = _("The points of a criterion must be a whole number; “%(text)s” is none.")
        raise ValueError(message % {"text": text[:40]})
    return int(text)


_MORE = {"numeric": _numeric, "blanks": _blanks, "written": _written}


def _choices(kind: str, parts: list[str], key: str, *, has_kind: bool) -> tuple[Choice, ...]:
    """Raises ValueError in words."""
    right = _right(parts, key, has_kind=has_kind)
    if not right or not all(parts[number - 1] for number in right):
        message = _(
            "The column “%(column)s” must name options by number or letter, such as 1 or A, C, or say one of them word "
            "for word; it holds “%(key)s”."
        )
        raise ValueError(message % {"column": columns.KEY, "key": key[:40]})
    share = WHOLE if kind == "single_choice" else share_of(len(right))
    return tuple(
        Choice(part, share if number in right else Decimal(0)) for number, part in enumerate(parts, start=1) if part
    )


def _right(parts: list[str], key: str, *, has_kind: bool) -> set[int]:
    """The numbers of the right options, by number ("1, 3"), letter ("A, C", "AC") or word for word; none if one of them
    is none. Raises ValueError, in words, where in a teacher's own list, which names no kinds, the text of one option
    is the number of another.
    """
    places = {fold(part): number for number, part in enumerate(parts, start=1) if part}
    told = _LEAD.sub("", key)
    named = {int(mark) if mark.isdigit() else ord(mark.upper()) - 64 for mark in re.findall(r"\d{1,3}|[A-La-l]", told)}
    if re.sub(r"[\dA-La-l,;.()\s]|và", "", told) or not all(1 <= number <= len(parts) for number in named):
        named = set()
    said = {
        places.get(fold(line), 0) for line in ([key] if fold(key) in places else _PARTED.split(key)) if line.strip()
    }
    if named and said and 0 not in said and named != said and not has_kind:
        message = _("“%(key)s” is the text of one option and names another. Write the letter of the right one.")
        raise ValueError(message % {"key": key[:40]})
    return named or (said if 0 not in said else set())


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return columns.TRUE if cell else columns.FALSE
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else unambiguous(repr(cell))
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return plain_lines(str(cell)).strip()
