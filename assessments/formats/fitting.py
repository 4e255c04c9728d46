"""Between plain questions and what the bank stores. Pure: no database."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.formats.question import (
    DESCRIPTION,
    FOREIGN,
    WHOLE,
    PlainQuestion,
)
from assessments.formats.texts import is_old_encoding, storable
from assessments.kinds import KINDS, body_from_plain
from membership.vietnamese import nfc

LONGEST_PROMPT = 2000  # as the form of the question bank
NO_RUBRIC = "Đúng và đủ ý"  # the one criterion of an essay whose file names none
_UNHELD = {
    DESCRIPTION: gettext_noop("A text without a question: nothing to ask."),
    FOREIGN: gettext_noop("It needs a picture, a sound or a kind of answer that the question bank does not hold yet."),
}


@dataclass(frozen=True)
class Fitted:
    """A question in the form in which the bank stores it; ``notes`` tell what could not be kept."""

    kind: str
    prompt: str
    body: dict[str, Any]
    feedback: str
    notes: tuple[str, ...] = ()


def fit(question: PlainQuestion) -> Fitted:
    """Raises ValidationError, in words for trainers, if the bank cannot hold the question."""
    if question.kind not in KINDS:
        raise ValidationError(_(_UNHELD.get(question.kind, _UNHELD[FOREIGN])))
    prompt, notes = _clean(question.prompt), list(question.notes)
    feedback = _clean(_explanation(question, notes))
    if not prompt:
        raise ValidationError(_("Write the question."))
    if max(len(prompt), len(feedback)) > LONGEST_PROMPT:
        message = _("The question or its explanation is longer than %(count)d signs.")
        raise ValidationError(message % {"count": LONGEST_PROMPT})
    body = body_from_plain(question.kind, _BODIES[question.kind](question, notes))
    if is_old_encoding(" ".join([prompt, feedback, *_texts(body)])):
        raise ValidationError(_("The text was typed in TCVN3 or VNI. Convert it to Unicode first."))
    return Fitted(question.kind, prompt, body, feedback, tuple(notes))


def _single(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    if sum(choice.percent == WHOLE for choice in question.choices) > 1:
        raise ValidationError(_("Several options are each wholly right; single choice in the bank has one."))
    if any(0 < choice.percent < WHOLE for choice in question.choices):
        notes.append(_("Options that earned a part of the point count as wrong."))
    options = [{"text": _clean(choice.text), "is_correct": choice.percent == WHOLE} for choice in question.choices]
    return {"options": options}


def _multiple(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    right = [choice.percent for choice in question.choices if choice.is_right]
    if right and (max(right) - min(right) > 1 or abs(sum(right) - WHOLE) > 1):
        notes.append(_("The options had weights of their own; in the bank each right one earns the same."))
    return {"options": [{"text": _clean(choice.text), "is_correct": choice.is_right} for choice in question.choices]}


def _short(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    whole = [_clean(choice.text) for choice in question.choices if choice.percent == WHOLE]
    if any(0 < choice.percent < WHOLE for choice in question.choices):
        notes.append(_("Answers that earned a part of the point are left out."))
    accepted = list({text.casefold(): text for text in reversed(whole) if text != "*"}.values())[::-1]
    if any("*" in text for text in accepted):
        notes.append(_("A star stands for itself in the bank, not for any words."))
    return {"accepted": accepted, "is_tolerant": question.is_tolerant}


def _matching(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    pairs = [(_clean(left), _clean(right)) for left, right in question.pairs]
    if any(not left for left, _right in pairs):
        notes.append(_("Partners that belong to no line are left out."))
    return {"pairs": [{"left": left, "right": right} for left, right in pairs if left]}


def _true_false(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    return {"answer": question.answer}


def _ordering(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    return {"items": [_clean(item) for item in question.items]}


def _written(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    if not question.criteria:
        notes.append(_("The file names no criteria: “%(text)s” is the only one. Edit it.") % {"text": NO_RUBRIC})
    criteria = question.criteria or ((NO_RUBRIC, 1),)
    lines = [{"text": _clean(text), "points": points} for text, points in criteria]
    return {"criteria": lines, "guide": _clean(question.guide)}


def _numeric(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    units = [_clean(unit) for unit in question.units]
    about = {"units": units, "is_unit_asked": question.is_unit_asked}
    return {"number": question.number, "tolerance": question.tolerance or "0", **about}


def _blanks(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    gaps = [{"right": [_clean(t) for t in gap.right], "wrong": [_clean(t) for t in gap.wrong]} for gap in question.gaps]
    return {"text": _clean(question.passage), "gaps": gaps, "is_tolerant": question.is_tolerant}


_BODIES = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "short_text": _short,
    "matching": _matching,
    "true_false": _true_false,
    "ordering": _ordering,
    "numeric": _numeric,
    "blanks": _blanks,
    "written": _written,
}


def _explanation(question: PlainQuestion, notes: list[str]) -> str:
    said = [f"{choice.text}: {choice.feedback}" for choice in question.choices if choice.feedback]
    if said:
        notes.append(_("What was said to single answers stands in the explanation for all."))
    return "\n".join(part for part in [question.feedback, *said] if part)


def _clean(text: str) -> str:
    return nfc(storable(text))


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [text for value in part.values() for text in _texts(value)]
    if isinstance(part, list):
        return [text for value in part for text in _texts(value)]
    return [part] if isinstance(part, str) else []
