"""Plain questions as a GIFT file. Codes stand in [id:…], topics in $CATEGORY, so that it can be read back."""

import re
from collections.abc import Iterable

from assessments.formats.question import PlainQuestion, tags_of
from assessments.formats.texts import storable

HOLDS = frozenset(
    {"single_choice", "multiple_choice", "true_false", "short_text", "matching", "ordering", "numeric", "written"}
)
_CONTROL = re.compile(r"[~=#{}:\\]")
# Without its format named, such text would be taken for a format, a weight, a comment or HTML.
_AMBIGUOUS = re.compile(r"\s*\[|\s*%|\s*//|.*[<&]|.*\n\s*$", re.DOTALL)


def write(questions: Iterable[PlainQuestion]) -> bytes:
    """Of kinds in HOLDS."""
    parts, category = list[str](), ""
    for question in questions:
        if question.topic != category:
            category = question.topic
            parts.append(f"$CATEGORY: {category}\n")
        parts.append(_question(question))
    return "\n".join(parts).encode()


def _question(question: PlainQuestion) -> str:
    marks = [f"[id:{question.code}]", *(f"[tag:{_marked(tag)}]" for tag in tags_of(question))]
    prompt = _text(question.prompt)
    return f"// {' '.join(marks)}\n::{_escaped(question.code)}::{prompt} {{{_body(question)}}}\n"


def _body(question: PlainQuestion) -> str:
    general = f"####{_text(question.feedback)}\n" if question.feedback else ""
    if question.kind == "true_false":
        return ("TRUE" if question.answer else "FALSE") + general.rstrip("\n")
    if question.kind == "numeric":
        return f"#{question.number}:{question.tolerance}\n{general}"
    if question.kind == "written":
        return general
    if question.kind == "ordering":
        lines = [">ALL", *(_text(item) for item in question.items)]
    elif question.kind == "matching":
        lines = ["", *(f"\t={_text(left)} -> {_text(right)}" for left, right in question.pairs)]
    else:
        lines = ["", *_answers(question)]
    return "\n".join([*lines, general])


def _answers(question: PlainQuestion) -> list[str]:
    if question.kind == "short_text":
        return [f"\t={_text(choice.text)}" for choice in question.choices]
    if question.kind == "single_choice":
        return [f"\t{'=' if choice.is_right else '~'}{_text(choice.text)}" for choice in question.choices]
    return [f"\t~%{choice.percent:f}%{_text(choice.text)}" for choice in question.choices]


def _marked(tag: str) -> str:
    return re.sub(r"[\\\]]", r"\\\g<0>", storable(tag)).replace("\n", "\\n")


def _text(text: str) -> str:
    return f"[plain]{_escaped(text)}" if _AMBIGUOUS.match(text) else _escaped(text)


def _escaped(text: str) -> str:
    escaped = _CONTROL.sub(r"\\\g<0>", storable(text)).replace("->", "-\\>")
    return escaped.replace("\n", "\\n")
