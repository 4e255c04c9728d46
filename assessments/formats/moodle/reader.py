"""Questions of Moodle as plain ones."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.formats.markup import children
from assessments.formats.moodle.cloze import blanks_of, notes_of, unmarked
from assessments.formats.moodle.files import attach, attach_old, is_left_out, is_out_of_place
from assessments.formats.question import (
    DESCRIPTION,
    EXACT_CASE,
    FILL_IN,
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
from assessments.formats.texts import Attached, emphasis_left_out, from_html, looks_like_html
from assessments.kinds.blanks import Gap

PROMPT = "prompt:"  # the tag for what is asked, where the text with blanks holds all there is
_KINDS = {
    "truefalse": "true_false",
    "shortanswer": "short_text",
    "matching": "matching",
    "ordering": "ordering",
    "numerical": "numeric",
    "essay": "written",
    "cloze": "blanks",
    "ddwtos": "blanks",
    "gapselect": "blanks",
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
    prompt, (kind, faults) = _text(element.find("questiontext")), _kind(element)
    attached = _attached(element, kind)
    if element.find("questiontext") is None:
        return Problem(_("This question has no text."), line, excerpt=_text(element.find("name"))[:120])
    tags = [_words(tag, "text") for tag in element.iterfind("tags/tag")]
    answers = list(element.iterfind("answer"))
    about: dict[str, Any] = held_in(tags)
    if kind in _MORE:
        about |= _MORE[kind](element, tags)
    about = {"kind": kind, "prompt": prompt, **about}
    about["faults"] = (*faults, *about.get("faults", ()), *attached.faults)
    about["notes"] = (*about.get("notes", ()), *emphasis_left_out(_written_in(element)))
    if is_left_out(element):
        about["notes"] = (*about.get("notes", ()), _("Pictures and sounds in the explanation are left out."))
    return PlainQuestion(
        line=line,
        code=(element.findtext("idnumber") or "").strip(),
        title=Truncator(_text(element.find("name"))).chars(200),
        topic=topic,
        feedback=_feedback(element, kind, answers),
        choices=tuple(_choice(answer) for answer in answers) if kind in _WITH_CHOICES else (),
        answer=_truth(answers) if kind == "true_false" else None,
        pairs=tuple((_text(sub), _text(sub.find("answer"))) for sub in element.iterfind("subquestion")),
        items=tuple(_text(answer) for answer in answers) if kind == "ordering" else (),
        media=tuple(attached.media),
        **about,
    )


_WITH_CHOICES = ("single_choice", "multiple_choice", "short_text")


def _kind(element: Element) -> tuple[str, tuple[str, ...]]:
    """With the reason where it is none of the bank's."""
    kind = element.get("type", "")
    if is_out_of_place(element, ("questiontext", "answer") if kind == "multichoice" else ("questiontext",)):
        reason = _("A picture or sound stands where there is no place for one: beside the question and its options is.")
        return FOREIGN, (reason,)
    if kind == "multichoice":
        is_single = (element.findtext("single") or "true").strip() in ("true", "1")
        return "single_choice" if is_single else "multiple_choice", ()
    if kind in _KINDS:
        return _KINDS[kind], ()
    return FOREIGN, (_("Moodle's kind “%(kind)s” has no counterpart in the question bank.") % {"kind": kind[:60]},)


def _written_in(element: Element) -> str:
    return " ".join(part.text or "" for part in element.iter() if part.tag == "text")


def _attached(element: Element, kind: str) -> Attached:
    attached = Attached()
    if kind not in (FOREIGN, DESCRIPTION):
        attach(attached, element.find("questiontext"), None)
        attach_old(attached, element)
    if kind in ("single_choice", "multiple_choice"):
        for place, answer in enumerate(element.iterfind("answer")):
            attach(attached, answer, place)
    return attached


def _feedback(element: Element, kind: str, answers: list[Element]) -> str:
    said = [_text(answer.find("feedback")) for answer in answers] if kind == "true_false" else []
    return "\n".join(part for part in [_text(element.find("generalfeedback")), *said] if part)


def _choice(answer: Element) -> Choice:
    return Choice(_text(answer), percent_of(answer.get("fraction", "0")), _text(answer.find("feedback")))


def _truth(answers: list[Element]) -> bool | None:
    right = [_text(answer).lower() for answer in answers if percent_of(answer.get("fraction", "0")) == WHOLE]
    return {"true": True, "false": False}.get(right[0]) if right else None


def _numeric(element: Element, tags: list[str]) -> dict[str, Any]:
    answers = [each for each in element.iterfind("answer") if _text(each) != "*"]
    whole = [each for each in answers if percent_of(each.get("fraction", "0")) == WHOLE]
    units = [
        (_words(each, "unit_name"), number_in(_words(each, "multiplier"))) for each in element.iterfind("units/unit")
    ]
    if len(whole) > 1:
        return {"faults": (_(SEVERAL_NUMBERS),)}
    partly = [each for each in answers if 0 < percent_of(each.get("fraction", "0")) < WHOLE]
    notes = [_("Other numbers, which earned a part of the point, are left out.")] if partly else []
    if any(_text(each.find("feedback")) for each in element.iterfind("answer")):
        notes.append(_("What was said to single answers is left out: everyone would read it here."))
    if any(factor != "1" for _name, factor in units):
        notes.append(_("Units that have to be converted are left out."))
    is_asked = _words(element, "showunits") in ("0", "1", "2") and _words(element, "unitgradingtype") in ("1", "2")
    return {
        "number": number_in(_text(whole[0])) if whole else "",
        "tolerance": number_in(_words(whole[0], "tolerance")) if whole else "0",
        "units": tuple(name for name, factor in units if name and factor == "1"),
        "is_unit_asked": is_asked,
        "notes": tuple(notes),
    }


def _blanks(element: Element, tags: list[str]) -> dict[str, Any]:
    text = _text(element.find("questiontext"))
    prompt = next((tag.removeprefix(PROMPT) for tag in tags if tag.startswith(PROMPT)), "")
    passage = text.removeprefix(prompt).strip() if prompt else text
    found = blanks_of(passage) if element.get("type") == "cloze" else _dragged(element, passage)
    if found is None:
        reason = _("One of its blanks has no right answer, or is of a sort that the question bank does not hold.")
        return {"kind": FOREIGN, "prompt": text, "faults": (reason,)}
    notes = notes_of(passage) if element.get("type") == "cloze" else ()
    return {"prompt": prompt or FILL_IN, "passage": found[0], "gaps": found[1], "notes": notes}


def _dragged(element: Element, text: str) -> tuple[str, tuple[Gap, ...]] | None:
    """[[1]] in the text is filled rightly by the first box; the others of its group can be chosen too."""
    boxes = [
        (" ".join(_text(each).split()), _words(each, "group"))
        for tag in ("dragbox", "selectoption")
        for each in element.iterfind(tag)
    ]
    gaps, pieces = list[Gap](), list[str]()
    for place, piece in enumerate(re.split(r"\[\[(\d{1,2})\]\]", text)):
        if place % 2 == 0:
            pieces.append(unmarked(piece))
        elif not 0 < int(piece) <= len(boxes):
            return None
        else:
            right, group = boxes[int(piece) - 1]
            others = dict.fromkeys(box for box, other in boxes if other == group and box.casefold() != right.casefold())
            gaps.append(Gap((right,), tuple(others)))
            pieces.append(f"[{len(gaps)}]")
    return ("".join(pieces), tuple(gaps)) if gaps else None


_MORE = {
    "short_text": lambda element, tags: {"is_case_exact": _words(element, "usecase") == "1" or EXACT_CASE in tags},
    "numeric": _numeric,
    "written": lambda element, tags: {"guide": _text(element.find("graderinfo"))},
    "blanks": _blanks,
}


def _words(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    text = (element.findtext("text") or "").strip()
    kind = element.get("format", "moodle_auto_format")
    if kind == "html" or (kind == "moodle_auto_format" and looks_like_html(text)):
        return from_html(text)
    return text
