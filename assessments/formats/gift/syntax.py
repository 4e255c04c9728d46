"""The grammar of one GIFT question: text in, its parts out. Nothing is judged here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.formats.texts import cut

ESCAPED = "~=#{}:|>\\"  # what a backslash may stand before; "\n" is a line end, any other backslash is itself
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TITLE = re.compile(r"\s*::((?:\\.|(?!::)[^\\])*)::", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
_TRUTH = re.compile(r"(TRUE|T|FALSE|F)\s*(?:#(.*))?", re.DOTALL | re.IGNORECASE)
_ORDER = re.compile(r">[ \t]*(?:\d+|[A-Z_]+|[ \t])*")
_LINE_END = re.compile(r"[ \t]*\n[ \t\n]*")
_ESCAPE = re.compile(rf"\\([{re.escape(ESCAPED)}n])")
_STRAY = ('";', '"', ";")
BLANK = "_____"


class GiftError(ValueError):
    """The question is not GIFT; ``code`` says how."""


@dataclass(frozen=True)
class Text:
    text: str
    format: str = "moodle"


@dataclass(frozen=True)
class Answer:
    """``is_correct`` as marked by "="; ``weight`` in percent, None if none is written."""

    is_correct: bool
    text: Text
    weight: str | None = None
    feedback: Text | None = None
    partner: Text | None = None


@dataclass(frozen=True)
class Item:
    """``type`` as others name it: Description, Essay, TF, MC, Short, Matching, Numerical, Ordering."""

    type: str
    stem: Text
    title: str | None = None
    is_embedded: bool = False
    general: Text | None = None
    answers: tuple[Answer, ...] = ()
    is_true: bool | None = None
    feedbacks: tuple[Text | None, ...] = ()


def parse(source: str) -> Item:
    """Raises GiftError."""
    title = _TITLE.match(source)
    rest = source[title.end() :] if title else source
    before, body, after = _braces(rest)
    stem, format_ = _stem(before, after if body is not None else None)
    name = _unescaped(_LINE_END.sub(" ", title.group(1)).strip()) if title else None
    if body is None:
        return Item("Description", stem, name)
    general, answers = _general(body, format_)
    is_embedded = bool(after.strip()) and after.strip() not in _STRAY
    return _with_answers(Item("Essay", stem, name, is_embedded, general), answers.strip(), format_)


def _with_answers(item: Item, body: str, format_: str) -> Item:
    start = (item.stem, item.title, item.is_embedded, item.general)
    truth = _TRUTH.fullmatch(body)
    if not body:
        return item
    if truth:
        feedbacks = tuple(_optional(part, format_) for part in cut(truth.group(2) or "", "#"))
        return Item("TF", *start, is_true=truth.group(1)[0] in "tT", feedbacks=feedbacks)
    if body.startswith("#"):
        return Item("Numerical", *start, answers=tuple(_numbers(body[1:], format_)))
    if body.startswith(">"):
        return Item("Ordering", *start, answers=tuple(_ordered(body, format_)))
    answers = tuple(_answers(body, format_))
    if any(not answer.is_correct for answer in answers):
        return Item("MC", *start, answers=answers)
    if all("->" in source for source in cut(body, "=")[1:]):
        return Item("Matching", *start, answers=tuple(_pairs(body, format_)))
    return Item("Short", *start, answers=answers)


def _braces(text: str) -> tuple[str, str | None, str]:
    opened = None
    for found in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if found.group() == "{":
            if opened is not None:
                raise GiftError("opened twice")
            opened = found.end()
        elif found.group() == "}":
            if opened is None:
                raise GiftError("not opened")
            return text[: opened - 1], text[opened : found.start()], _tail(text[found.end() :])
    if opened is not None:
        raise GiftError("not closed")
    return text, None, ""


def _tail(text: str) -> str:
    if any(found.group() in "{}" for found in re.finditer(r"\\.|[{}]", text, re.DOTALL)):
        raise GiftError("opened twice")
    return text


def _stem(before: str, after: str | None) -> tuple[Text, str]:
    stem = _text(before, "moodle")
    tail = _text(after, stem.format).text if after else ""
    if not tail or tail in _STRAY:
        return stem, stem.format
    return Text(" ".join(part for part in (stem.text, BLANK, tail) if part), stem.format), stem.format


def _general(body: str, format_: str) -> tuple[Text | None, str]:
    for found in re.finditer(r"\\.|####", body, re.DOTALL):
        if found.group() == "####":
            return _optional(body[found.end() :], format_), body[: found.start()]
    return None, body


def _answers(body: str, format_: str) -> Iterator[Answer]:
    places = [found.start() for found in re.finditer(r"\\.|[=~]", body, re.DOTALL) if found.group() in "=~"]
    if not places or body[: places[0]].strip():
        raise GiftError("no answers")
    for start, end in zip(places, [*places[1:], len(body)], strict=True):
        source, weight = body[start + 1 : end], None
        found = _WEIGHT.match(source)
        if found:
            source, weight = source[found.end() :], found.group(1)
        text, *feedback = cut(source, "#", most=1)
        kept = _optional(feedback[0], format_) if feedback else None
        yield Answer(body[start] == "=", _text(text, format_), weight, kept)


def _numbers(body: str, format_: str) -> Iterator[Answer]:
    """One number with its tolerance, or several, each behind "="; "~" begins what is said to all others."""
    first = next((m.start() for m in re.finditer(r"\\.|[=~]", body, re.DOTALL) if m.group() in "=~"), len(body))
    if body[:first].strip():
        text, *feedback = cut(body[:first], "#", most=1)
        yield Answer(True, _text(text, format_), feedback=_optional(feedback[0], format_) if feedback else None)
    if body[first:].strip():
        yield from _answers(body[first:], format_)


def _pairs(body: str, format_: str) -> Iterator[Answer]:
    for source in cut(body, "=")[1:]:
        text, *_feedback = cut(source, "#", most=1)
        left, _arrow, right = text.partition("->")
        yield Answer(True, _text(left, format_), partner=_text(right, format_))


def _ordered(body: str, format_: str) -> Iterator[Answer]:
    head, _end, lines = body.partition("\n")
    if not _ORDER.fullmatch(head):
        lines = f"{head[1:]}\n{lines}"
    for line in lines.split("\n"):
        if line.strip():
            yield Answer(True, _text(line, format_))


def _text(source: str, format_: str) -> Text:
    found = _FORMAT.match(source)
    if found:
        source, format_ = source[found.end() :], found.group(1)
    text = source.strip() if format_ == "markdown" else _LINE_END.sub(" ", source.strip())
    return Text(_unescaped(text), format_)


def _optional(source: str, format_: str) -> Text | None:
    text = _text(source, format_)
    return text if text.text else None


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found.group(1) == "n" else found.group(1), text)
