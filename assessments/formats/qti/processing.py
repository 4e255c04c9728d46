"""Items that no response processing template of the standard can count: numbers, texts with blanks, essays."""

from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element

from assessments.formats.markup import add, tree
from assessments.formats.qti.declarations import declare, map_points
from assessments.formats.qti.words import CRITERION, GUIDE, PASSAGE, UNIT, put, put_passage
from assessments.formats.question import WHOLE, PlainQuestion
from assessments.formats.texts import storable


def _number(question: PlainQuestion, root: Element, declared: list[Element], body: Element) -> None:
    """Right if it differs by no more than the tolerance. A unit that is asked for counts here only."""
    declare(declared[0], "single", "float", [question.number])
    line = add(body, "p")
    answer = declared[0].get("identifier", "")
    add(line, "textEntryInteraction", responseIdentifier=answer)
    if question.units and not question.is_unit_asked:
        add(line, "span", storable(question.units[0]), class_=UNIT)
    condition = add(add(root, "responseProcessing"), "responseCondition")
    right = add(condition, "responseIf")
    tolerance = f"{question.tolerance} {question.tolerance}"
    equal = add(right, "equal", toleranceMode="absolute", tolerance=tolerance)
    add(equal, "variable", identifier=answer)
    add(equal, "correct", identifier=answer)
    add(add(right, "setOutcomeValue", identifier="SCORE"), "baseValue", "1", baseType="float")


def _blanks(question: PlainQuestion, root: Element, declared: list[Element], body: Element) -> None:
    """Each blank maps its answers to its share; the score is their sum."""
    share = (WHOLE / len(question.gaps)).quantize(Decimal("0.0001"))
    for gap, each in zip(question.gaps, declared, strict=True):
        if gap.wrong:
            declare(each, "single", "identifier", ["C1"])
            map_points(each, {"C1": share})
        else:
            declare(each, "single", "string", [storable(gap.right[0])])
            map_points(each, dict.fromkeys([storable(text) for text in gap.right], share), caseSensitive="false")
    put_passage(add(body, "div", class_=PASSAGE), question.passage, lambda number: _gap(question, declared, number))
    total = add(add(add(root, "responseProcessing"), "setOutcomeValue", identifier="SCORE"), "sum")
    for each in declared:
        add(total, "mapResponse", identifier=each.get("identifier", ""))


def _gap(question: PlainQuestion, declared: list[Element], number: int) -> Element:
    gap, answer = question.gaps[number - 1], declared[number - 1].get("identifier", "")
    made = tree("inlineChoiceInteraction" if gap.wrong else "textEntryInteraction", responseIdentifier=answer)
    if gap.wrong:
        made.set("shuffle", "true")
    for place, text in enumerate(gap.options, start=1):
        add(made, "inlineChoice", storable(text), identifier=f"C{place}")
    return made


def _essay(question: PlainQuestion, root: Element, declared: list[Element], body: Element) -> None:
    """The rubric stands where scorers see it; a person gives the score."""
    declared[0].set("cardinality", "single")
    declared[0].set("baseType", "string")
    add(body, "extendedTextInteraction", responseIdentifier=declared[0].get("identifier", ""), expectedLines="8")
    rubric = add(body, "rubricBlock", view="scorer")
    for text, points in question.criteria:
        put(add(rubric, "div", class_=f"{CRITERION} points-{points}"), text)
    if question.guide:
        put(add(rubric, "div", class_=GUIDE), question.guide)


OWN_PROCESSING: dict[str, Callable[[PlainQuestion, Element, list[Element], Element], None]] = {
    "numeric": _number,
    "blanks": _blanks,
    "written": _essay,
}
