"""Aiken: a question, options A to Z, and the letter of the right one. https://docs.moodle.org/en/Aiken_format."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from string import ascii_uppercase

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.formats.question import WHOLE, Choice, Parsed, PlainQuestion, Problem
from assessments.formats.texts import has_media, storable
from intake.texts import decoded

HOLDS = frozenset({"single_choice"})
LONGEST_LINE = 20_000
_OPTION = re.compile(r"([A-Z])[.)]\s+(\S.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*([A-Z](?:\s*[,;]\s*[A-Z])*)\s*", re.IGNORECASE)


@dataclass
class _Draft:
    line: int = 0
    prompt: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    is_parted: bool = False  # an empty line stands after what was read last


def read(content: bytes) -> Iterator[Parsed]:
    """Every question of the file or why it is none. Raises UnreadableError if it is no text in UTF-8."""
    draft = _Draft()
    for number, raw in enumerate(decoded(content).split("\n"), start=1):
        line = raw.strip()
        answer = _ANSWER.fullmatch(line) if draft.prompt and len(line) < 200 else None
        if answer:
            yield _finished(draft, re.findall(r"[A-Z]", answer.group(1).upper()))
            draft = _Draft()
        elif line:
            if draft.options and draft.is_parted and not _OPTION.fullmatch(line):
                yield _unanswered(draft)
                draft = _Draft()
            draft.line = draft.line or number
            _add(draft, line)
        draft.is_parted = not line
    if draft.prompt:
        yield _unanswered(draft)


def write(questions: Iterable[PlainQuestion]) -> bytes:
    """Of kinds in HOLDS. The format has no place for codes, topics and explanations."""
    return "\n\n".join(_written(question) for question in questions).encode() + b"\n"


def _add(draft: _Draft, line: str) -> None:
    option = _OPTION.fullmatch(line) if draft.prompt else None
    if len(line) > LONGEST_LINE:
        draft.fault = _("A line is longer than %(count)d signs.") % {"count": LONGEST_LINE}
        draft.prompt.append(line[:200])
    elif option:
        if option.group(1) in draft.options:
            draft.fault = draft.fault or _("The letter %(letter)s stands there twice.") % {"letter": option.group(1)}
        draft.options[option.group(1)] = option.group(2).strip()
    elif draft.options:
        letter = list(draft.options)[-1]
        draft.options[letter] += f" {line}"
    else:
        draft.prompt.append(line)


def _finished(draft: _Draft, letters: list[str]) -> Parsed:
    missing = [letter for letter in letters if letter not in draft.options]
    if draft.fault or missing:
        fault = _("The right answer is %(letter)s, and there is no such option.") % {"letter": ", ".join(missing)}
        return _problem(draft, draft.fault or fault)
    share = (WHOLE / len(letters)).quantize(Decimal("0.00001"))
    choices = (Choice(text, share if letter in letters else Decimal(0)) for letter, text in draft.options.items())
    if any(has_media(text) for text in (*draft.prompt, *draft.options.values())):
        return _problem(draft, _("Aiken holds no pictures and sounds: export it as Moodle XML instead."))
    kind = "single_choice" if len(letters) == 1 else "multiple_choice"
    return PlainQuestion(kind, " ".join(draft.prompt), line=draft.line, choices=tuple(choices))


def _unanswered(draft: _Draft) -> Problem:
    return _problem(draft, _("The line “ANSWER: …” with the letter of the right option is missing."))


def _problem(draft: _Draft, text: str) -> Problem:
    return Problem(text, draft.line, excerpt=Truncator(" ".join(draft.prompt)[:400]).chars(120))


def _written(question: PlainQuestion) -> str:
    options = list(zip(ascii_uppercase, question.choices, strict=False))
    right = next(letter for letter, choice in options if choice.is_right)
    lines = [_line(question.prompt), *(f"{letter}. {_line(choice.text)}" for letter, choice in options)]
    return "\n".join([*lines, f"ANSWER: {right}"])


def _line(text: str) -> str:
    return " ".join(storable(text).split())
