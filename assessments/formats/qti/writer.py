"""A plain question as a QTI item, in the names of version 2."""

import re
from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.translation import pgettext

from assessments.formats.markup import add, tree
from assessments.formats.qti.reader import PREFIX
from assessments.formats.qti.words import CRITERION, GUIDE, PASSAGE, UNIT, put, put_media, put_passage
from assessments.formats.question import WHOLE, PlainQuestion
from assessments.formats.texts import storable

_IDENTIFIER = re.compile(r"[A-Za-z][-\w]*", re.ASCII)
_ANSWER = "RESPONSE"


def identifier_of(code: str) -> str:
    """An identifier begins with a letter; a code need not."""
    return code if _IDENTIFIER.fullmatch(code) else f"{PREFIX}{code}"


def item(question: PlainQuestion, templates: str, suffix: str, *, is_3: bool) -> Element:
    """``templates``: where the response processing templates of the version stand."""
    root = tree("assessmentItem", identifier=identifier_of(question.code), title=question.code)
    root.set("adaptive", "false")
    root.set("timeDependent", "false")
    answers = [f"{_ANSWER}{place}" for place, _gap in enumerate(question.gaps, start=1)] or [_ANSWER]
    declared = [add(root, "responseDeclaration", identifier=each) for each in answers]
    score = _outcome(root, "SCORE", "float", "0")
    if question.kind == "written":
        score.set("externalScored", "human")
    if question.feedback:
        _outcome(root, "FEEDBACK", "identifier", "explanation")
    body = add(root, "itemBody")
    put(body, question.prompt)
    put_media(body, (each for each in question.media if each.place is None), is_3=is_3)
    if question.kind in _BODIES:
        template = _BODIES[question.kind](question, declared[0], body)
        add(root, "responseProcessing", template=f"{templates}{template}{suffix}")
    else:
        OWN_PROCESSING[question.kind](question, root, declared, body)
    for place, choice in enumerate(list(body.iter("simpleChoice"))):
        put_media(choice, (each for each in question.media if each.place == place), is_3=is_3)
    if question.feedback:
        attributes = {"outcomeIdentifier": "FEEDBACK", "identifier": "explanation", "showHide": "show"}
        put(add(root, "modalFeedback", **attributes), question.feedback)
    return root


def declare(declared: Element, cardinality: str, base_type: str, correct: list[str]) -> None:
    declared.set("cardinality", cardinality)
    declared.set("baseType", base_type)
    response = add(declared, "correctResponse")
    for value in correct:
        add(response, "value", value)


def map_points(declared: Element, points: dict[str, Decimal], **entry: str) -> None:
    mapping = add(declared, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
    for key, value in points.items():
        add(mapping, "mapEntry", mapKey=key, mappedValue=f"{(value / WHOLE).normalize():f}", **entry)


def _outcome(root: Element, name: str, base_type: str, value: str) -> Element:
    declared = add(root, "outcomeDeclaration", identifier=name, cardinality="single", baseType=base_type)
    add(add(declared, "defaultValue"), "value", value)
    return declared


def _choices(question: PlainQuestion, declared: Element, body: Element) -> str:
    is_single = question.kind == "single_choice"
    named = {f"C{place}": choice for place, choice in enumerate(question.choices, start=1)}
    right = [each for each, choice in named.items() if choice.is_right]
    declare(declared, "single" if is_single else "multiple", "identifier", right)
    if not is_single:
        map_points(declared, {each: choice.percent for each, choice in named.items()})
    most = "1" if is_single else "0"
    interaction = add(body, "choiceInteraction", responseIdentifier=_ANSWER, shuffle="true", maxChoices=most)
    for each, choice in named.items():
        put(add(interaction, "simpleChoice", identifier=each), choice.text)
    return "match_correct" if is_single else "map_response"


def _truth(question: PlainQuestion, declared: Element, body: Element) -> str:
    declare(declared, "single", "identifier", ["true" if question.answer else "false"])
    interaction = add(body, "choiceInteraction", responseIdentifier=_ANSWER, shuffle="false", maxChoices="1")
    for each, text in (("true", pgettext("answer", "True")), ("false", pgettext("answer", "False"))):
        put(add(interaction, "simpleChoice", identifier=each), text)
    return "match_correct"


def _accepted(question: PlainQuestion, declared: Element, body: Element) -> str:
    texts = [storable(choice.text) for choice in question.choices]
    declare(declared, "single", "string", texts[:1])
    map_points(declared, dict.fromkeys(texts, WHOLE), caseSensitive=str(question.is_case_exact).lower())
    add(add(body, "p"), "textEntryInteraction", responseIdentifier=_ANSWER)
    return "map_response"


def _pairs(question: PlainQuestion, declared: Element, body: Element) -> str:
    rights = {text: f"R{place}" for place, text in enumerate(dict.fromkeys(right for _l, right in question.pairs), 1)}
    lefts = {f"L{place}": pair for place, pair in enumerate(question.pairs, start=1)}
    couples = [f"{each} {rights[right]}" for each, (_left, right) in lefts.items()]
    declare(declared, "multiple", "directedPair", couples)
    share = WHOLE / len(couples)
    map_points(declared, {couple: share.quantize(Decimal("0.0001")) for couple in couples})
    most = str(len(couples))
    interaction = add(body, "matchInteraction", responseIdentifier=_ANSWER, shuffle="true", maxAssociations=most)
    first, second = add(interaction, "simpleMatchSet"), add(interaction, "simpleMatchSet")
    for each, (left, _right) in lefts.items():
        put(add(first, "simpleAssociableChoice", identifier=each, matchMax="1"), left)
    for right, each in rights.items():
        put(add(second, "simpleAssociableChoice", identifier=each, matchMax="0"), right)
    return "map_response"


def _items(question: PlainQuestion, declared: Element, body: Element) -> str:
    named = {f"C{place}": text for place, text in enumerate(question.items, start=1)}
    declare(declared, "ordered", "identifier", list(named))
    interaction = add(body, "orderInteraction", responseIdentifier=_ANSWER, shuffle="true")
    for each, text in named.items():
        put(add(interaction, "simpleChoice", identifier=each), text)
    return "match_correct"


_BODIES: dict[str, Callable[[PlainQuestion, Element, Element], str]] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _truth,
    "short_text": _accepted,
    "matching": _pairs,
    "ordering": _items,
}


def _number(question: PlainQuestion, root: Element, declared: list[Element], body: Element) -> None:
    """Right if it differs by no more than the tolerance. A unit that is asked for counts here only."""
    declare(declared[0], "single", "float", [question.number])
    line = add(body, "p")
    answer = declared[0].get("identifier", "")
    add(line, "textEntryInteraction", responseIdentifier=answer)
    if question.units and not question.is_unit_asked:
        add(line, "span", storable(question.units[0]), class_=UNIT)
    right = _within(add(root, "responseProcessing"), answer, question.tolerance)
    add(add(right, "setOutcomeValue", identifier="SCORE"), "baseValue", "1", baseType="float")


def _blanks(question: PlainQuestion, root: Element, declared: list[Element], body: Element) -> None:
    """Each blank maps its answers to its share; the score is their sum."""
    share = (WHOLE / len(question.gaps)).quantize(Decimal("0.0001"))
    for gap, each in zip(question.gaps, declared, strict=True):
        if gap.tolerance:
            declare(each, "single", "float", list(gap.right))
        elif gap.wrong:
            declare(each, "single", "identifier", ["C1"])
            map_points(each, {"C1": share})
        else:
            declare(each, "single", "string", [storable(gap.right[0])])
            map_points(each, dict.fromkeys([storable(text) for text in gap.right], share), caseSensitive="false")
    put_passage(add(body, "div", class_=PASSAGE), question.passage, lambda number: _gap(question, declared, number))
    processing = add(root, "responseProcessing")
    total = add(add(processing, "setOutcomeValue", identifier="SCORE"), "sum")
    add(total, "baseValue", "0", baseType="float")
    for gap, each in zip(question.gaps, declared, strict=True):
        if not gap.tolerance:
            add(total, "mapResponse", identifier=each.get("identifier", ""))
            continue
        right = _within(processing, each.get("identifier", ""), gap.tolerance)
        more = add(add(right, "setOutcomeValue", identifier="SCORE"), "sum")
        add(more, "variable", identifier="SCORE")
        add(more, "baseValue", f"{(share / WHOLE).normalize():f}", baseType="float")


def _within(processing: Element, answer: str, tolerance: str) -> Element:
    """What follows if the number differs by no more than the tolerance."""
    right = add(add(processing, "responseCondition"), "responseIf")
    equal = add(right, "equal", toleranceMode="absolute", tolerance=f"{tolerance} {tolerance}")
    add(equal, "variable", identifier=answer)
    add(equal, "correct", identifier=answer)
    return right


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
HOLDS = frozenset(_BODIES) | frozenset(OWN_PROCESSING)
