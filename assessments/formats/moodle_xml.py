"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.formats.markup import add, children, tree, written
from assessments.formats.question import (
    BLANKS,
    DESCRIPTION,
    EXACT_ACCENTS,
    FOREIGN,
    NUMERIC,
    WHOLE,
    WRITTEN,
    Choice,
    Parsed,
    PlainQuestion,
    Problem,
    difficulty_in,
    percent_of,
    tags_of,
)
from assessments.formats.texts import from_html, has_media, looks_like_html, storable

HOLDS = frozenset({"single_choice", "multiple_choice", "true_false", "short_text", "matching", "ordering"})
_KINDS = {
    "truefalse": "true_false",
    "shortanswer": "short_text",
    "matching": "matching",
    "ordering": "ordering",
    "numerical": NUMERIC,
    "essay": WRITTEN,
    "cloze": BLANKS,
    "description": DESCRIPTION,
}


def read(content: bytes) -> Iterator[Parsed]:
    """Every question of the file or why it is none. Raises UnreadableError if it is no such file."""
    topic = ""
    for place in children(content, "quiz", "question"):
        if place.element.get("type") == "category":
            topic = _text(place.element.find("category")).rpartition("/")[2].strip()
        else:
            yield _read(place.element, place.line, topic)


def _read(element: Element, line: int, topic: str) -> Parsed:
    prompt, kind = _text(element.find("questiontext")), _kind(element)
    if element.find("questiontext") is None:
        return Problem(_("This question has no text."), line, excerpt=_text(element.find("name"))[:120])
    tags = [_text(tag) for tag in element.iterfind("tags/tag")]
    answers = list(element.iterfind("answer"))
    return PlainQuestion(
        kind=kind,
        prompt=prompt,
        line=line,
        code=(element.findtext("idnumber") or "").strip(),
        title=Truncator(_text(element.find("name"))).chars(200),
        topic=topic,
        difficulty=difficulty_in(tags),
        feedback=_feedback(element, kind, answers),
        choices=tuple(_choice(answer) for answer in answers) if kind in _WITH_CHOICES else (),
        answer=_truth(answers) if kind == "true_false" else None,
        pairs=tuple((_text(sub), _text(sub.find("answer"))) for sub in element.iterfind("subquestion")),
        items=tuple(_text(answer) for answer in answers) if kind == "ordering" else (),
        is_tolerant=EXACT_ACCENTS not in tags,
    )


_WITH_CHOICES = ("single_choice", "multiple_choice", "short_text")


def _kind(element: Element) -> str:
    if element.find(".//file") is not None or any(has_media(text) for text in element.itertext()):
        return FOREIGN
    kind = element.get("type", "")
    if kind == "multichoice":
        is_single = (element.findtext("single") or "true").strip() in ("true", "1")
        return "single_choice" if is_single else "multiple_choice"
    return _KINDS.get(kind, FOREIGN)


def _feedback(element: Element, kind: str, answers: list[Element]) -> str:
    said = [_text(answer.find("feedback")) for answer in answers] if kind == "true_false" else []
    return "\n".join(part for part in [_text(element.find("generalfeedback")), *said] if part)


def _choice(answer: Element) -> Choice:
    return Choice(_text(answer), percent_of(answer.get("fraction", "0")), _text(answer.find("feedback")))


def _truth(answers: list[Element]) -> bool | None:
    right = [_text(answer).lower() for answer in answers if percent_of(answer.get("fraction", "0")) == WHOLE]
    return {"true": True, "false": False}.get(right[0]) if right else None


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    text = (element.findtext("text") or "").strip()
    kind = element.get("format", "moodle_auto_format")
    if kind == "html" or (kind == "moodle_auto_format" and looks_like_html(text)):
        return from_html(text)
    return text


def write(questions: Iterable[PlainQuestion]) -> bytes:
    """Of kinds in HOLDS. Topics become categories, codes ID numbers, difficulty a tag."""
    quiz, topic = tree("quiz"), ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            category = add(quiz, "question", type="category")
            _put(add(category, "category"), f"top/{topic}")
        _write(quiz, question)
    return written(quiz)


def _write(quiz: Element, question: PlainQuestion) -> None:
    element = add(quiz, "question", type=_TYPES[question.kind])
    _put(add(element, "name"), question.code)
    _put(add(element, "questiontext", format="plain_text"), question.prompt)
    _put(add(element, "generalfeedback", format="plain_text"), question.feedback)
    add(element, "defaultgrade", "1")
    add(element, "idnumber", question.code)
    _ANSWERS[question.kind](element, question)
    if tags_of(question):
        tags = add(element, "tags")
        for tag in tags_of(question):
            _put(add(tags, "tag"), tag)


def _write_choices(element: Element, question: PlainQuestion) -> None:
    is_single = question.kind == "single_choice"
    add(element, "single", "true" if is_single else "false")
    add(element, "shuffleanswers", "true")
    add(element, "answernumbering", "none")
    for choice in question.choices:
        percent = (WHOLE if choice.is_right else Decimal(0)) if is_single else choice.percent
        _answer(element, choice.text, percent)


def _write_truth(element: Element, question: PlainQuestion) -> None:
    for text, is_right in (("true", question.answer), ("false", not question.answer)):
        _answer(element, text, WHOLE if is_right else Decimal(0), "moodle_auto_format")


def _write_accepted(element: Element, question: PlainQuestion) -> None:
    add(element, "usecase", "0")
    for choice in question.choices:
        _answer(element, choice.text, WHOLE)


def _write_pairs(element: Element, question: PlainQuestion) -> None:
    add(element, "shuffleanswers", "true")
    for left, right in question.pairs:
        pair = add(element, "subquestion", format="plain_text")
        _put(pair, left)
        _put(add(pair, "answer", format="plain_text"), right)


def _write_items(element: Element, question: PlainQuestion) -> None:
    layout = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": "0", "gradingtype": "ABSOLUTE_POSITION"}
    for name, value in layout.items():
        add(element, name, value)
    for place, item in enumerate(question.items, start=1):
        _answer(element, item, Decimal(place))


_TYPES = {
    "single_choice": "multichoice",
    "multiple_choice": "multichoice",
    "true_false": "truefalse",
    "short_text": "shortanswer",
    "matching": "matching",
    "ordering": "ordering",
}
_ANSWERS: dict[str, Callable[[Element, PlainQuestion], None]] = {
    "single_choice": _write_choices,
    "multiple_choice": _write_choices,
    "true_false": _write_truth,
    "short_text": _write_accepted,
    "matching": _write_pairs,
    "ordering": _write_items,
}


def _answer(element: Element, text: str, percent: Decimal, kind: str = "plain_text") -> None:
    _put(add(element, "answer", fraction=f"{percent:f}", format=kind), text)


def _put(element: Element, text: str) -> None:
    add(element, "text", storable(text))
