"""Plain questions as Moodle XML."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from xml.etree.ElementTree import Element

from assessments.formats.markup import add, tree, written
from assessments.formats.moodle.cloze import cloze_of
from assessments.formats.moodle.files import put_with_media
from assessments.formats.moodle.reader import PROMPT
from assessments.formats.question import WHOLE, PlainQuestion, labels_of, rubric_of
from assessments.formats.texts import storable


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
    type_, write_answers = _KINDS[question.kind]
    element = add(quiz, "question", type=type_)
    _put(add(element, "name"), question.code)
    _put_shown(add(element, "questiontext"), _asked(question), question, None)
    _put(add(element, "generalfeedback", format="plain_text"), question.feedback)
    add(element, "defaultgrade", "1")
    add(element, "idnumber", question.code)
    write_answers(element, question)
    labels = [*labels_of(question), *rubric_of(question)[: len(question.criteria)]]
    labels += [f"{PROMPT}{question.prompt}"] if question.kind == "blanks" else []
    if labels:
        tags = add(element, "tags")
        for label in labels:
            _put(add(tags, "tag"), label)


def _asked(question: PlainQuestion) -> str:
    if question.kind != "blanks":
        return question.prompt
    return f"{question.prompt}\n\n{cloze_of(question.passage, question.gaps)}"


def _write_number(element: Element, question: PlainQuestion) -> None:
    answer = add(element, "answer", fraction="100", format="moodle_auto_format")
    _put(answer, question.number)
    add(answer, "tolerance", question.tolerance)
    if question.units:
        units = add(element, "units")
        for name in question.units:
            unit = add(units, "unit")
            add(unit, "multiplier", "1")
            add(unit, "unit_name", storable(name))
    add(element, "unitgradingtype", "1" if question.is_unit_asked else "0")
    add(element, "unitpenalty", "0.5")
    add(element, "showunits", "0" if question.is_unit_asked else "3")
    add(element, "unitsleft", "0")


def _write_essay(element: Element, question: PlainQuestion) -> None:
    add(element, "responseformat", "plain")
    add(element, "responserequired", "1")
    _put(add(element, "graderinfo", format="plain_text"), question.guide)


def _write_choices(element: Element, question: PlainQuestion) -> None:
    is_single = question.kind == "single_choice"
    add(element, "single", "true" if is_single else "false")
    add(element, "shuffleanswers", "true")
    add(element, "answernumbering", "none")
    for place, choice in enumerate(question.choices):
        percent = (WHOLE if choice.is_right else Decimal(0)) if is_single else choice.percent
        _put_shown(add(element, "answer", fraction=f"{percent:f}"), choice.text, question, place)


def _write_truth(element: Element, question: PlainQuestion) -> None:
    for text, is_right in (("true", question.answer), ("false", not question.answer)):
        _answer(element, text, WHOLE if is_right else Decimal(0), "moodle_auto_format")


def _write_accepted(element: Element, question: PlainQuestion) -> None:
    add(element, "usecase", "1" if question.is_case_exact else "0")
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


# What Moodle calls each kind, and what is written of its answers.
_KINDS: dict[str, tuple[str, Callable[[Element, PlainQuestion], None]]] = {
    "single_choice": ("multichoice", _write_choices),
    "multiple_choice": ("multichoice", _write_choices),
    "true_false": ("truefalse", _write_truth),
    "short_text": ("shortanswer", _write_accepted),
    "matching": ("matching", _write_pairs),
    "ordering": ("ordering", _write_items),
    "numeric": ("numerical", _write_number),
    "blanks": ("cloze", lambda element, question: None),  # the text holds its answers
    "written": ("essay", _write_essay),
}
HOLDS = frozenset(_KINDS)


def _answer(element: Element, text: str, percent: Decimal, kind: str = "plain_text") -> None:
    _put(add(element, "answer", fraction=f"{percent:f}", format=kind), text)


def _put_shown(element: Element, text: str, question: PlainQuestion, place: int | None) -> None:
    """The text with the pictures and sounds beside it."""
    if media := [each for each in question.media if each.place == place]:
        put_with_media(element, text, media)
    else:
        element.set("format", "plain_text")
        _put(element, text)


def _put(element: Element, text: str) -> None:
    add(element, "text", storable(text))
