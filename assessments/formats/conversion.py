"""Between plain questions and what the bank stores. Pure: no database."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.bank.media import is_sound
from assessments.formats.notation import LOST
from assessments.formats.question import DESCRIPTION, FOREIGN, WHOLE, Choice, Medium, PlainQuestion
from assessments.formats.texts import storable
from assessments.kinds import body_from_plain
from assessments.kinds.blanks import Gap
from intake.texts import is_old_encoding
from interface.vietnamese import nfc

LONGEST_PROMPT = 2000  # as the form of the question bank
PICTURE, SOUND = "Hình", "Âm thanh"  # what an option is called that has no text
NO_RUBRIC = "Đúng và đủ ý"  # the one criterion of an essay whose file names none
_UNHELD = {
    DESCRIPTION: gettext_noop("A text without a question: nothing to ask."),
    FOREIGN: gettext_noop(
        "It needs a kind of answer that the question bank does not hold, or a picture or sound where it has no place "
        "for one: they stand beside a question and its options."
    ),
}


@dataclass(frozen=True)
class Fitted:
    """A question in the form in which the bank stores it; ``notes`` tell what could not be kept."""

    kind: str
    prompt: str
    body: dict[str, Any]
    feedback: str
    media: tuple[Medium, ...] = ()
    notes: tuple[str, ...] = ()


def fit(question: PlainQuestion) -> Fitted:
    """Raises ValidationError, in words for trainers, if the bank cannot hold the question."""
    if question.kind not in _KINDS:
        raise ValidationError(list(question.faults) or [_(_UNHELD.get(question.kind, _UNHELD[FOREIGN]))])
    _demand_whole(question)
    prompt, notes = _clean(question.prompt), list(question.notes)
    feedback = _clean(_explanation(question, notes))
    if not prompt:
        raise ValidationError(_("Write the question."))
    if max(len(prompt), len(feedback)) > LONGEST_PROMPT:
        message = _("The question or its explanation is longer than %(count)d signs.")
        raise ValidationError(message % {"count": LONGEST_PROMPT})
    body = body_from_plain(question.kind, _KINDS[question.kind].body(question, notes))
    if is_old_encoding(" ".join([prompt, feedback, *_texts(body)])):
        raise ValidationError(_("The text was typed in TCVN3 or VNI. Convert it to Unicode first."))
    return Fitted(question.kind, prompt, body, feedback, question.media, tuple(notes))


def plain(*, kind: str, prompt: str, body: Mapping[str, Any], feedback: str, **about: Any) -> PlainQuestion:
    """A version of the bank as a plain question; ``about``: code, topic (its slug), difficulty, audience, media."""
    held = {"kind": kind, "prompt": prompt, "feedback": feedback, **about, **_KINDS[kind].plain(body)}
    return PlainQuestion(**held)


def share_of(count: int) -> Decimal:
    """The part of the point in percent, as formats with weights write it."""
    return (WHOLE / count).quantize(Decimal("0.00001"), ROUND_HALF_UP).normalize() + 0


def _demand_whole(question: PlainQuestion) -> None:
    """A question is not asked without its pictures, nor are they shown without the words for who cannot see them."""
    faults = list(question.faults)
    if any(LOST in text for text in question.words):
        faults.append(
            _("It holds a formula or a numbered list that no line of text can say. Write it in words, or as a picture.")
        )
    for medium in question.media:
        if not _clean(medium.alt):
            message = _(
                "“%(name)s” has no words instead of it. Describe in the file what is seen or heard (in Moodle the "
                "picture's description, in QTI alt), then import it again."
            )
            faults.append(message % {"name": medium.name})
    beside = Counter((medium.place, is_sound(medium.name)) for medium in question.media)
    if any(count > 1 for count in beside.values()):
        faults.append(_("Beside the question, and beside each option, there is a place for one picture and one sound."))
    if faults:
        raise ValidationError(faults)


def _single(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    if sum(choice.percent == WHOLE for choice in question.choices) > 1:
        raise ValidationError(_("Several options are each wholly right; single choice in the bank has one."))
    if any(0 < choice.percent < WHOLE for choice in question.choices):
        notes.append(_("Options that earned a part of the point count as wrong."))
    return _options(question, notes, [choice.percent == WHOLE for choice in question.choices])


def _multiple(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    right = [choice.percent for choice in question.choices if choice.is_right]
    if right and (max(right) - min(right) > 1 or abs(sum(right) - WHOLE) > 1):
        notes.append(_("The options had weights of their own; in the bank each right one earns the same."))
    return _options(question, notes, [choice.is_right for choice in question.choices])


def _options(question: PlainQuestion, notes: list[str], are_right: list[bool]) -> dict[str, Any]:
    texts = zip(_option_texts(question, notes), are_right, strict=True)
    return {"options": [{"text": text, "is_correct": is_right} for text, is_right in texts]}


def _option_texts(question: PlainQuestion, notes: list[str]) -> list[str]:
    """An option that is only a picture or a sound gets a name: what it shows may be the answer."""
    shown = {medium.place: SOUND if is_sound(medium.name) else PICTURE for medium in question.media}
    texts = [_clean(choice.text) for choice in question.choices]
    named = [text or (f"{shown[at]} {at + 1}" if at in shown else "") for at, text in enumerate(texts)]
    if named != texts:
        notes.append(_("Options without text are called “%(name)s 1”, “%(name)s 2” and so on.") % {"name": PICTURE})
    return named


def _short(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    whole = [_clean(choice.text) for choice in question.choices if choice.percent == WHOLE]
    if any(0 < choice.percent < WHOLE for choice in question.choices):
        notes.append(_("Answers that earned a part of the point are left out."))
    key = str if question.is_case_exact else str.casefold
    accepted = list({key(text): text for text in reversed(whole) if text != "*"}.values())[::-1]
    if any(choice.text == "*" and choice.is_right for choice in question.choices):
        raise ValidationError(_("Any answer at all would be right (“*”): nothing is asked."))
    if any("*" in text for text in accepted):
        notes.append(_("A star stands for itself in the bank, not for any words."))
    return {"accepted": accepted, "is_tolerant": question.is_tolerant, "is_case_exact": question.is_case_exact}


def _matching(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    pairs = [(_clean(left), _clean(right)) for left, right in question.pairs]
    if any(not left for left, _right in pairs):
        notes.append(_("Partners that belong to no line are left out."))
    return {"pairs": [{"left": left, "right": right} for left, right in pairs if left]}


def _written(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    if not question.criteria:
        notes.append(_("The file names no criteria: “%(text)s” is the only one. Edit it.") % {"text": NO_RUBRIC})
    criteria = question.criteria or ((NO_RUBRIC, 1),)
    lines = [{"text": _clean(text), "points": points} for text, points in criteria]
    return {"criteria": lines, "guide": _clean(question.guide)}


def _blanks(question: PlainQuestion, notes: list[str]) -> dict[str, Any]:
    gaps = [
        {"right": [_clean(t) for t in gap.right], "wrong": [_clean(t) for t in gap.wrong], "tolerance": gap.tolerance}
        for gap in question.gaps
    ]
    return {"text": _clean(question.passage), "gaps": gaps, "is_tolerant": question.is_tolerant}


def _choices_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """As the rule of multiple choice counts: a wrong choice takes one share away."""
    share = share_of(sum(option["is_correct"] for option in body["options"]))
    choices = (Choice(option["text"], share if option["is_correct"] else -share) for option in body["options"])
    return {"choices": tuple(choices)}


def _accepted_of(body: Mapping[str, Any]) -> dict[str, Any]:
    choices = tuple(Choice(text, WHOLE) for text in body["accepted"])
    return {
        "choices": choices, "is_tolerant": body["is_tolerant"], "is_case_exact": body.get("is_case_exact", False),
    }  # fmt: skip


def _passage_of(body: Mapping[str, Any]) -> dict[str, Any]:
    gaps = tuple(Gap(tuple(gap["right"]), tuple(gap["wrong"]), gap.get("tolerance", "")) for gap in body["gaps"])
    return {"passage": body["text"], "gaps": gaps, "is_tolerant": body["is_tolerant"]}


class _Between(NamedTuple):
    """One kind's way: what a body holds as fields of a plain question, and a plain question as a body."""

    plain: Callable[[Mapping[str, Any]], dict[str, Any]]
    body: Callable[[PlainQuestion, list[str]], dict[str, Any]]


_KINDS = {
    "single_choice": _Between(_choices_of, _single),
    "multiple_choice": _Between(_choices_of, _multiple),
    "true_false": _Between(
        lambda body: {"answer": body["answer"]},
        lambda question, notes: {"answer": question.answer},
    ),
    "short_text": _Between(_accepted_of, _short),
    "matching": _Between(
        lambda body: {"pairs": tuple((pair["left"], pair["right"]) for pair in body["pairs"])},
        _matching,
    ),
    "ordering": _Between(
        lambda body: {"items": tuple(body["items"])},
        lambda question, notes: {"items": [_clean(item) for item in question.items]},
    ),
    "numeric": _Between(
        lambda body: {**body, "units": tuple(body["units"])},
        lambda question, notes: {
            "number": question.number,
            "tolerance": question.tolerance or "0",
            "units": [_clean(unit) for unit in question.units],
            "is_unit_asked": question.is_unit_asked,
        },
    ),
    "blanks": _Between(_passage_of, _blanks),
    "written": _Between(
        lambda body: {**body, "criteria": tuple((one["text"], one["points"]) for one in body["criteria"])},
        _written,
    ),
}


def _explanation(question: PlainQuestion, notes: list[str]) -> str:
    said = [
        f"{choice.text}: {choice.feedback}" for choice in question.choices if choice.feedback and choice.text != "*"
    ]
    if any(choice.feedback and choice.text == "*" for choice in question.choices):
        notes.append(_("What was said to all other answers (“*”) is left out: everyone would read it here."))
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
