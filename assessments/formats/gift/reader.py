"""GIFT questions as plain ones: blank lines part them, comments and categories stand between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.formats.gift.syntax import Answer, GiftError, Item, Text, parse
from assessments.formats.question import (
    DESCRIPTION,
    FOREIGN,
    SEVERAL_NUMBERS,
    WHOLE,
    Choice,
    Parsed,
    PlainQuestion,
    Problem,
    held_in,
    number_in,
    percent_of,
)
from assessments.formats.texts import emphasis_left_out, from_html, has_media, looks_like_html
from intake.texts import decoded

_FAULTS = {
    "opened twice": gettext_noop(
        "A question has one “{” and one “}”, around its answers. Braces that are text are written “\\{” and “\\}”."
    ),
    "not opened": gettext_noop("“}” stands there without “{” before it. A brace that is text is written “\\}”."),
    "not closed": gettext_noop("The answers begin with “{” and do not end with “}”. A blank line ends a question."),
    "no answers": gettext_noop("Between “{” and “}” each answer begins with “=” (right) or “~” (wrong)."),
}
_KINDS = {
    "Description": DESCRIPTION,
    "Essay": "written",
    "Numerical": "numeric",
    "TF": "true_false",
    "Short": "short_text",
    "Matching": "matching",
    "Ordering": "ordering",
}
LONGEST_QUESTION = 50_000  # signs
_ID = re.compile(r"\[id:((?:\\.|[^\]\\])*)\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])*)\]")
_CATEGORY = "$CATEGORY:"


def read(content: bytes) -> Iterator[Parsed]:
    """Every question of the file or why it is none. Raises UnreadableError if it is no text in UTF-8."""
    for block in blocks(decoded(content)):
        yield _read(block)


@dataclass(frozen=True)
class Block:
    text: str
    line: int
    category: str = ""
    code: str = ""
    tags: tuple[str, ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """``text`` with plain line ends."""
    category, comments, lines, start = "", "", list[str](), 0
    for number, line in enumerate(f"{text}\n\n".split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("//"):
            comments += stripped
        elif stripped and not stripped.upper().startswith(_CATEGORY):
            start = start if lines else number
            lines.append(line)
        else:
            if lines:
                yield _block(lines, start, category, comments)
            comments, lines = "", []
            category = stripped[len(_CATEGORY) :].strip() if stripped else category


def _read(block: Block) -> Parsed:
    excerpt = Truncator(" ".join(block.text[:400].split())).chars(120)
    if len(block.text) > LONGEST_QUESTION:
        text = _("This piece is longer than %(count)d signs. Does a blank line miss between two questions?")
        return Problem(text % {"count": LONGEST_QUESTION}, block.line, excerpt=excerpt)
    try:
        item = parse(block.text)
    except GiftError as error:
        return Problem(_(_FAULTS[str(error)]), block.line, excerpt=excerpt)
    return _plain(item, block)


def _plain(item: Item, block: Block) -> PlainQuestion:
    kind = _KINDS.get(item.type) or _kind_of_choice(item.answers)
    is_choice = kind in ("single_choice", "multiple_choice", "short_text")
    is_shown = has_media(block.text)
    about = _numbers(item) if kind == "numeric" else {}
    about["notes"] = (*about.get("notes", ()), *(() if "[plain]" in block.text else emphasis_left_out(block.text)))
    if is_shown:
        about["faults"] = (_("GIFT holds no pictures and sounds: export it as Moodle XML instead."),)
    return PlainQuestion(
        kind=FOREIGN if is_shown else kind,
        prompt=_words(item.stem),
        line=block.line,
        code=block.code,
        title=item.title or "",
        topic=block.category.rpartition("/")[2].strip(),
        feedback=_feedback(item),
        choices=tuple(_choice(answer) for answer in item.answers) if is_choice else (),
        answer=item.is_true,
        pairs=tuple((_words(answer.text), _words(answer.partner)) for answer in item.answers if answer.partner),
        items=tuple(_words(answer.text) for answer in item.answers) if kind == "ordering" else (),
        **held_in(block.tags),
        **about,
    )


def _kind_of_choice(answers: tuple[Answer, ...]) -> str:
    return "single_choice" if any(answer.is_correct for answer in answers) else "multiple_choice"


def _numbers(item: Item) -> dict[str, Any]:
    """The one that earns the whole point: "1822:1" with its tolerance, or "3.141..3.142"."""
    whole = [one for one in item.answers if one.is_correct and percent_of(one.weight or "100") == WHOLE]
    partly = [one for one in item.answers if one.is_correct and one not in whole[:1]]
    if len(whole) > 1:
        return {"faults": (_(SEVERAL_NUMBERS),)}
    notes = (_("Other numbers, which earned a part of the point, are left out."),) if partly else ()
    text = whole[0].text.text if whole else ""
    if ".." in text:
        low, _dots, high = (number_in(part) for part in text.partition(".."))
        middle = (Decimal(low) + Decimal(high)) / 2 if low and high else Decimal("NaN")
        return {"number": str(middle), "tolerance": str(abs(middle - Decimal(low or 0))), "notes": notes}
    number, _colon, tolerance = text.partition(":")
    return {"number": number_in(number), "tolerance": number_in(tolerance) or "0", "notes": notes}


def _choice(answer: Answer) -> Choice:
    whole = WHOLE if answer.is_correct else Decimal(0)
    percent = whole if answer.weight is None else percent_of(answer.weight)
    return Choice(_words(answer.text), percent, _words(answer.feedback))


def _feedback(item: Item) -> str:
    """The explanation for everyone, then what is said to who chose right or wrong."""
    said = [answer.feedback for answer in item.answers if answer.is_correct] if item.type == "Numerical" else []
    parts = [item.general, *item.feedbacks, *said]
    return "\n".join(_words(part) for part in parts if part)


def _words(text: Text | None) -> str:
    if text is None:
        return ""
    is_html = text.format == "html" or (text.format == "moodle" and looks_like_html(text.text))
    return from_html(text.text) if is_html else text.text


def _block(lines: list[str], start: int, category: str, comments: str) -> Block:
    code = _ID.search(comments)
    tags = tuple(_unescaped(tag) for tag in _TAG.findall(comments))
    return Block("\n".join(lines), start, category, _unescaped(code.group(1)) if code else "", tags)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found.group(1) == "n" else found.group(1), text).strip()
