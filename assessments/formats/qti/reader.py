"""One QTI item as a plain question."""

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.formats.markup import parse
from assessments.formats.qti.keys import Key, has_own_rule, is_plain_rule, key_of, tolerance_of
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
    SEVERAL_NUMBERS,
    Choice,
    Parsed,
    PlainQuestion,
    Problem,
    held_in,
    number_in,
)
from assessments.formats.texts import Attached, Find, no_emphasis, unequal_blanks
from assessments.kinds.blanks import Gap

PREFIX = "id."  # before a code that could not stand as an identifier
_PLAYER = "mediainteraction"  # plays a sound or a film and asks nothing
_IN_TEXT = ("textentryinteraction", "inlinechoiceinteraction")
_CHOICES = {"choiceinteraction": "simplechoice", "inlinechoiceinteraction": "inlinechoice",
            "orderinteraction": "simplechoice"}  # fmt: skip
_ELSEWHERE = gettext_noop(
    "A picture or sound stands where there is no place for one: beside the question and its options is."
)
_SEVERAL = gettext_noop("It asks several things at once (%(kinds)s), and a question here asks one.")
_UNKNOWN = gettext_noop("QTI's kind “%(kind)s” has no counterpart in the question bank.")
_NO_KEY = gettext_noop("One of its blanks has no right answer in the file.")
_NO_FIT = gettext_noop("What it says is right does not fit what it offers, or leaves a part of it out.")
_POINTS = re.compile(rf"{CRITERION} points-(\d{{1,2}})")


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
    shared = _shared(item, find)
    about: dict[str, Any] = {
        "prompt": "\n".join(filter(None, [shared.text, words(body)])),
        "source": source,
        "code": attribute(item, "identifier").removeprefix(PREFIX),
        "title": attribute(item, "title")[:200],
        "topic": topic,
        **held_in(labels),
        "difficulty": difficulty,
        "feedback": "\n".join(words(each) for each in named(item, "modalfeedback")),
    }
    interactions = [each for each in body.iter() if name(each).endswith("interaction") and name(each) != _PLAYER]
    attached = attached_in(body, interactions, find)
    held = _foreign(_ELSEWHERE) if attached is None else _held(item, body, interactions)
    if held["kind"] == "blanks" and shared.text and "prompt" in held:
        held["prompt"] = shared.text
    if attached is not None and held["kind"] != DESCRIPTION:
        about["media"] = (*shared.attached.media, *attached.media)
        held["faults"] = (*held.get("faults", ()), *shared.attached.faults, *attached.faults)
    held["notes"] = (*_notes(item, held["kind"]), *held.get("notes", ()))
    return PlainQuestion(**{**about, **held})


@dataclass(frozen=True)
class _Shared:
    """The text that several items stand beside."""

    text: str
    attached: Attached


def _shared(item: Element, find: Find) -> _Shared:
    texts, attached = list[str](), Attached()
    for reference in named(item, "assessmentstimulusref"):
        place = attribute(reference, "href")
        content = find(place)
        if content is None:
            message = _("The text to which it belongs, “%(name)s”, is not in the file. Export it again.")
            attached.faults.append(message % {"name": place[-100:]})
            continue
        for body in named(parse(content), "stimulusbody"):
            texts.append(words(body, inside=True))
            media = attached_in(body, [], partial(_beside, find, place))
            attached.media += media.media if media else []
            attached.faults += media.faults if media else [_(_ELSEWHERE)]
    return _Shared("\n".join(texts), attached)


def _beside(find: Find, place: str, source: str) -> bytes | None:
    return find(posixpath.join(posixpath.dirname(place), source))


def _foreign(reason: str, **values: str) -> dict[str, Any]:
    return {"kind": FOREIGN, "faults": (_(reason) % values,)}


def _held(item: Element, body: Element, interactions: list[Element]) -> dict[str, Any]:
    """What of it the bank holds, or why not."""
    if not interactions:
        return {"kind": DESCRIPTION}
    kinds = [name(each).removesuffix("interaction") for each in interactions]
    if len(interactions) > 1 or any(class_of(each) == PASSAGE for each in body.iter()):
        if all(name(each) in _IN_TEXT for each in interactions):
            return _blanks(item, body, interactions)
        return _foreign(_SEVERAL, kinds=", ".join(dict.fromkeys(kinds)))
    if kinds == ["extendedtext"]:
        return {"kind": "written", **_rubric_in(body)}
    if name(interactions[0]) not in _HELD:
        return _foreign(_UNKNOWN, kind=kinds[0])
    held = _HELD[name(interactions[0])](interactions[0], key_of(item, interactions[0]))
    if held["kind"] == "numeric":
        held["tolerance"] = tolerance_of(item, interactions[0])
    return held


def _notes(item: Element, kind: str) -> tuple[str, ...]:
    notes: tuple[str, ...] = (_("Pictures and sounds in the explanation are left out."),) if is_left_out(item) else ()
    if next(named(item, "b", "i", "u", "s", "em", "strong", "del"), None) is not None:
        notes += (no_emphasis(),)
    if not has_own_rule(item) or (kind in ("numeric", "blanks") and is_plain_rule(item)):
        return notes
    return (*notes, _("Its own rule of counting points is left out; the bank counts by the kind of question."))


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
        several = {"faults": (_(SEVERAL_NUMBERS),)} if len(set(map(number_in, key.whole))) > 1 else {}
        notes = (_("Other numbers, which earned a part of the point, are left out."),) if key.partly else ()
        return {"kind": "numeric", "number": number_in("".join(key.whole[:1])), "notes": notes, **several}
    choices = tuple(Choice(each, key.percent(each, of_sum=False)) for each in (*key.whole, *key.partly))
    minds_case = {"is_case_exact": True} if key.minds_case else {}
    return {"kind": "short_text", "choices": choices, **minds_case}


def _blanks(item: Element, body: Element, interactions: list[Element]) -> dict[str, Any]:
    """Ours keep what is asked and the text apart; of others, the whole body is the text."""
    own = next((each for each in body.iter() if class_of(each) == PASSAGE), None)
    keys = [key_of(item, each) for each in interactions]
    gaps = [_gap(item, each, key) for each, key in zip(interactions, keys, strict=True)]
    if any(gap is None for gap in gaps):
        return _foreign(_NO_KEY)
    held = {"passage": passage(body if own is None else own), "gaps": tuple(gap for gap in gaps if gap)}
    asked = {"prompt": FILL_IN} if own is None else {}
    return {"kind": "blanks", "notes": _notes_of_blanks(interactions, keys), **held, **asked}


def _notes_of_blanks(interactions: list[Element], keys: list[Key]) -> tuple[str, ...]:
    partly = {name(each) == "textentryinteraction" for each, key in zip(interactions, keys, strict=True) if key.partly}
    several = [
        key for each, key in zip(interactions, keys, strict=True)
        if name(each) != "textentryinteraction" and len(key.whole) > 1
    ]  # fmt: skip
    notes = {
        _("Capital letters, which counted in some of the blanks, do not count here."): any(
            key.minds_case for key in keys
        ),
        _("Options that earned a part of the point count as wrong."): False in partly,
        _("Answers that earned a part of the point are left out."): True in partly,
        _("Several options of a blank are each right: the first one stays, the others are left out."): bool(several),
        unequal_blanks(): len({key.most for key in keys if key.most}) > 1,
    }
    return tuple(note for note, is_so in notes.items() if is_so)


def _gap(item: Element, interaction: Element, key: Key) -> Gap | None:
    if name(interaction) == "textentryinteraction" and key.base_type in ("integer", "float"):
        numbers = tuple(dict.fromkeys(number_in(text) for text in key.whole))
        return Gap(numbers, (), tolerance_of(item, interaction)) if numbers and all(numbers) else None
    if name(interaction) == "textentryinteraction":
        return Gap(tuple(" ".join(text.split()) for text in key.whole)) if key.whole else None
    texts = {attribute(part, "identifier"): words(part, inside=True) for part in named(interaction, "inlinechoice")}
    right = tuple(texts[each] for each in key.whole if each in texts)
    others = tuple(text for each, text in texts.items() if each not in key.whole)
    return Gap(right[:1], others) if right else None


def _match(interaction: Element, key: Key) -> dict[str, Any]:
    sets = [
        {attribute(part, "identifier"): words(part, inside=True) for part in named(each, "simpleassociablechoice")}
        for each in named(interaction, "simplematchset")
    ]
    lefts, rights = sets if len(sets) == 2 else ({}, {})
    couples = [value.split() for value in key.right]
    if any(len(couple) != 2 or couple[0] not in lefts or couple[1] not in rights for couple in couples):
        return _foreign(_NO_FIT)
    pairs = [(lefts[left], rights[right]) for left, right in couples]
    chosen = {right for _left, right in couples}
    return {"kind": "matching", "pairs": (*pairs, *(("", text) for each, text in rights.items() if each not in chosen))}


def _order(interaction: Element, key: Key) -> dict[str, Any]:
    texts = {attribute(part, "identifier"): words(part, inside=True) for part in named(interaction, "simplechoice")}
    if sorted(key.correct) != sorted(texts):
        return _foreign(_NO_FIT)
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
