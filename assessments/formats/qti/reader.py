"""One QTI item as a plain question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from assessments.formats.markup import parse
from assessments.formats.qti.words import (
    CRITERION,
    GUIDE,
    PASSAGE,
    attached_in,
    attribute,
    class_of,
    is_left_out,
    name,
    named,
    passage,
    words,
)
from assessments.formats.question import (
    DESCRIPTION,
    FILL_IN,
    FOREIGN,
    WHOLE,
    Choice,
    Parsed,
    PlainQuestion,
    Problem,
    held_in,
    number_in,
)
from assessments.formats.texts import Find
from assessments.kinds.blanks import Gap

PREFIX = "id."  # before a code that could not stand as an identifier
_PLAYER = "mediainteraction"  # plays a sound or a film and asks nothing
_IN_TEXT = ("textentryinteraction", "inlinechoiceinteraction")
_CHOICES = {"choiceinteraction": "simplechoice", "inlinechoiceinteraction": "inlinechoice",
            "orderinteraction": "simplechoice"}  # fmt: skip
_POINTS = re.compile(rf"{CRITERION} points-(\d{{1,2}})")


@dataclass(frozen=True)
class Key:
    """What the item declares as right: values, and points by value."""

    correct: tuple[str, ...] = ()
    mapped: tuple[tuple[str, Decimal], ...] = ()
    base_type: str = ""
    is_many: bool = False

    @property
    def right(self) -> tuple[str, ...]:
        return self.correct or tuple(value for value, points in self.mapped if points > 0)

    def percent(self, value: str, *, of_sum: bool) -> Decimal:
        points = dict(self.mapped)
        if not any(number > 0 for number in points.values()) or (not of_sum and value in self.correct):
            share = WHOLE / len(self.right) if of_sum and self.right else WHOLE
            return share if value in self.right else Decimal(0)
        positive = [number for number in points.values() if number > 0]
        return points.get(value, Decimal(0)) * WHOLE / (sum(positive) if of_sum else max(positive))


def read_item(
    content: bytes,
    source: str = "",
    topic: str = "",
    difficulty: str = "",
    labels: Sequence[str] = (),
    find: Find = lambda _source: None,
) -> Parsed:
    """Raises UnreadableError if it is no XML; what the package knows of the item and holds beside it is handed in."""
    item = parse(content)
    body = next(named(item, "itembody"), None)
    if name(item) != "assessmentitem" or body is None:
        return Problem(_("This file holds no QTI item."), source=source, excerpt=source)
    about: dict[str, Any] = {
        "prompt": words(body),
        "source": source,
        "code": attribute(item, "identifier").removeprefix(PREFIX),
        "title": attribute(item, "title")[:200],
        "topic": topic,
        **held_in(labels),
        "difficulty": difficulty,
        "feedback": "\n".join(words(each) for each in named(item, "modalfeedback")),
        "notes": _notes(item),
    }
    interactions = [each for each in body.iter() if name(each).endswith("interaction") and name(each) != _PLAYER]
    attached = attached_in(body, interactions, find)
    kind = FOREIGN if attached is None else _kind(body, interactions)
    if attached is not None and kind != DESCRIPTION:
        about |= {"media": tuple(attached.media), "faults": tuple(attached.faults)}
    if kind == "blanks":
        return PlainQuestion(**{**about, **_blanks(item, body, interactions)})
    if kind:
        return PlainQuestion(kind=kind, **{**about, **(_rubric_in(body) if kind == "written" else {})})
    key = _key(item, interactions[0])
    held = _HELD[name(interactions[0])](interactions[0], key)
    if held["kind"] == "numeric":
        held |= {"tolerance": _tolerance(item), "notes": ()}
    return PlainQuestion(**{**about, **held})


def _kind(body: Element, interactions: list[Element]) -> str:
    """A kind that the bank does not hold, or nothing."""
    if not interactions:
        return DESCRIPTION
    has_passage = any(class_of(each) == PASSAGE for each in body.iter())
    if len(interactions) > 1 or has_passage:
        return "blanks" if all(name(each) in _IN_TEXT for each in interactions) else FOREIGN
    if name(interactions[0]) == "extendedtextinteraction":
        return "written"
    return "" if name(interactions[0]) in _HELD else FOREIGN


def _notes(item: Element) -> tuple[str, ...]:
    processing = next(named(item, "responseprocessing"), None)
    notes = (_("Pictures and sounds in the explanation are left out."),) if is_left_out(item) else ()
    if processing is None or attribute(processing, "template") or not len(processing):
        return notes
    return (*notes, _("Its own rule of counting points is left out; the bank counts by the kind of question."))


def _key(item: Element, interaction: Element) -> Key:
    wanted = attribute(interaction, "responseidentifier")
    for declared in named(item, "responsedeclaration"):
        if attribute(declared, "identifier") == wanted:
            correct = [
                value.text or "" for each in named(declared, "correctresponse") for value in named(each, "value")
            ]
            mapped = (
                (attribute(each, "mapkey"), _points(attribute(each, "mappedvalue")))
                for each in named(declared, "mapentry")
            )
            is_many = attribute(declared, "cardinality") != "single"
            return Key(tuple(correct), tuple(mapped), attribute(declared, "basetype"), is_many)
    return Key()


def _points(text: str) -> Decimal:
    try:
        points = Decimal(text.strip())
    except ArithmeticError:
        return Decimal(0)
    return points if points.is_finite() and abs(points) < 10_000 else Decimal(0)


def _choice(interaction: Element, key: Key) -> dict[str, Any]:
    parts = list(named(interaction, _CHOICES[name(interaction)]))
    ids = [attribute(part, "identifier") for part in parts]
    if sorted(ids) == ["false", "true"] and not key.is_many:
        return {"kind": "true_false", "answer": {"true": True, "false": False}.get("".join(key.right))}
    choices = (
        Choice(words(part, inside=True), key.percent(each, of_sum=key.is_many), _said(part))
        for part, each in zip(parts, ids, strict=True)
    )
    return {"kind": "multiple_choice" if key.is_many else "single_choice", "choices": tuple(choices)}


def _said(part: Element) -> str:
    return "\n".join(words(each, inside=True) for each in named(part, "feedbackinline"))


def _text_entry(interaction: Element, key: Key) -> dict[str, Any]:
    if key.base_type in ("integer", "float"):
        return {"kind": "numeric", "number": number_in("".join(key.right[:1]))}
    values = dict.fromkeys([*key.correct, *(value for value, points in key.mapped if points > 0)])
    return {"kind": "short_text", "choices": tuple(Choice(each, key.percent(each, of_sum=False)) for each in values)}


def _tolerance(item: Element) -> str:
    """Of the comparison in its response processing, if it is an absolute one."""
    for equal in named(item, "equal"):
        if attribute(equal, "tolerancemode") == "absolute":
            return number_in("".join(attribute(equal, "tolerance").split()[:1])) or "0"
    return "0"


def _blanks(item: Element, body: Element, interactions: list[Element]) -> dict[str, Any]:
    """Ours keep what is asked and the text apart; of others, the whole body is the text."""
    own = next((each for each in body.iter() if class_of(each) == PASSAGE), None)
    gaps = [_gap(each, _key(item, each)) for each in interactions]
    if any(gap is None for gap in gaps):
        return {"kind": FOREIGN}
    text = passage(body if own is None else own)
    asked = {"prompt": FILL_IN} if own is None else {}
    return {"kind": "blanks", "passage": text, "gaps": tuple(gap for gap in gaps if gap), "notes": (), **asked}


def _gap(interaction: Element, key: Key) -> Gap | None:
    if name(interaction) == "textentryinteraction":
        right = dict.fromkeys([*key.correct, *(value for value, points in key.mapped if points > 0)])
        return Gap(tuple(" ".join(text.split()) for text in right)) if right else None
    texts = {attribute(part, "identifier"): words(part, inside=True) for part in named(interaction, "inlinechoice")}
    right_texts = tuple(texts[each] for each in key.right if each in texts)
    others = tuple(text for each, text in texts.items() if each not in key.right)
    return Gap(right_texts[:1], others) if right_texts else None


def _match(interaction: Element, key: Key) -> dict[str, Any]:
    sets = [
        {attribute(part, "identifier"): words(part, inside=True) for part in named(each, "simpleassociablechoice")}
        for each in named(interaction, "simplematchset")
    ]
    lefts, rights = sets if len(sets) == 2 else ({}, {})
    couples = [value.split() for value in key.right]
    if any(len(couple) != 2 or couple[0] not in lefts or couple[1] not in rights for couple in couples):
        return {"kind": FOREIGN}
    pairs = [(lefts[left], rights[right]) for left, right in couples]
    chosen = {right for _left, right in couples}
    return {"kind": "matching", "pairs": (*pairs, *(("", text) for each, text in rights.items() if each not in chosen))}


def _order(interaction: Element, key: Key) -> dict[str, Any]:
    texts = {attribute(part, "identifier"): words(part, inside=True) for part in named(interaction, "simplechoice")}
    if sorted(key.correct) != sorted(texts):
        return {"kind": FOREIGN}
    return {"kind": "ordering", "items": tuple(texts[each] for each in key.correct)}


_HELD: dict[str, Callable[[Element, Key], dict[str, Any]]] = {
    "choiceinteraction": _choice,
    "inlinechoiceinteraction": _choice,
    "textentryinteraction": _text_entry,
    "matchinteraction": _match,
    "orderinteraction": _order,
}


def _rubric_in(body: Element) -> dict[str, Any]:
    """Criteria and guide as ours are written; the words of another's rubric become the guide."""
    blocks = [each for each in named(body, "rubricblock") if "scorer" in attribute(each, "view")]
    parts = [part for block in blocks for part in block.iter()]
    found = [(part, _POINTS.fullmatch(class_of(part))) for part in parts]
    criteria = tuple((words(part, inside=True), int(points.group(1))) for part, points in found if points)
    guides = [part for part in parts if class_of(part) == GUIDE] or ([] if criteria else blocks)
    return {"criteria": criteria, "guide": "\n".join(words(part, inside=True) for part in guides)}
