"""What the bank stores, as plain questions on their way into files. Pure: no database."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assessments.formats.question import WHOLE, Choice, PlainQuestion
from assessments.kinds.blanks import Gap

Held = dict[str, Any]


def plain(*, kind: str, prompt: str, body: Mapping[str, Any], feedback: str, **about: Any) -> PlainQuestion:
    """A version of the bank as a plain question; ``about``: code, topic (its slug), difficulty, audience, media."""
    held: Held = {"kind": kind, "prompt": prompt, "feedback": feedback, **about, **_HELD[kind](body)}
    return PlainQuestion(**held)


def share_of(count: int) -> Decimal:
    """The part of the point in percent, as formats with weights write it."""
    return (WHOLE / count).quantize(Decimal("0.00001"), ROUND_HALF_UP).normalize() + 0


def _choices(body: Mapping[str, Any]) -> Held:
    """As the rule of multiple choice counts: a wrong choice takes one share away."""
    share = share_of(sum(option["is_correct"] for option in body["options"]))
    choices = (Choice(option["text"], share if option["is_correct"] else -share) for option in body["options"])
    return {"choices": tuple(choices)}


def _truth(body: Mapping[str, Any]) -> Held:
    return {"answer": body["answer"]}


def _short(body: Mapping[str, Any]) -> Held:
    return {"choices": tuple(Choice(text, WHOLE) for text in body["accepted"]), "is_tolerant": body["is_tolerant"]}


def _matching(body: Mapping[str, Any]) -> Held:
    return {"pairs": tuple((pair["left"], pair["right"]) for pair in body["pairs"])}


def _ordering(body: Mapping[str, Any]) -> Held:
    return {"items": tuple(body["items"])}


def _numeric(body: Mapping[str, Any]) -> Held:
    units = {"units": tuple(body["units"]), "is_unit_asked": body["is_unit_asked"]}
    return {"number": body["number"], "tolerance": body["tolerance"], **units}


def _blanks(body: Mapping[str, Any]) -> Held:
    gaps = tuple(Gap(tuple(gap["right"]), tuple(gap["wrong"])) for gap in body["gaps"])
    return {"passage": body["text"], "gaps": gaps, "is_tolerant": body["is_tolerant"]}


def _written(body: Mapping[str, Any]) -> Held:
    criteria = tuple((criterion["text"], criterion["points"]) for criterion in body["criteria"])
    return {"criteria": criteria, "guide": body["guide"]}


_HELD: dict[str, Callable[[Mapping[str, Any]], Held]] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _truth,
    "short_text": _short,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "blanks": _blanks,
    "written": _written,
}
