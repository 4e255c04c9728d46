"""Marking one response: a pure function of the version whose key counts, the answer, and what a trainer gave."""

from collections.abc import Iterable
from decimal import Decimal
from random import Random

from assessments.bank import versions
from assessments.kinds import Marked, Order
from assessments.models import Attempt, QuestionVersion, Response
from assessments.rules.quiz import is_passed


def keys_of(responses: Iterable[Response]) -> dict[int, QuestionVersion]:
    """By the version that was asked, the one whose key counts; of responses read ``for_marking``."""
    asked = versions.attach(responses)
    corrected = {one.version_id: pk for one in asked if (pk := getattr(one, "corrected_id", None))}
    keys = versions.of(corrected.values())
    return {one.version_id: keys.get(corrected.get(one.version_id, 0), one.version) for one in asked}


def mark(response: Response, key: QuestionVersion) -> Marked:
    return key.parsed.mark(response.answer, order_under(key, response), response.marks)


def order_under(key: QuestionVersion, response: Response) -> Order:
    """How the parts of the question stood before the learner, by their places in the key."""
    if key.pk == response.version_id:
        return response.order
    return key.parsed.carried(response.version.parsed, response.order)


def mark_all(responses: list[Response]) -> None:
    """Puts the points into the responses, without writing them; None where a trainer has still to mark."""
    keys = keys_of(responses)
    for response in responses:
        response.points = mark(response, keys[response.version_id]).points


def decide(attempt: Attempt, responses: Iterable[Response]) -> None:
    """Puts the result into the attempt, without writing it; none yet while something waits for a trainer."""
    points = [response.points for response in responses]
    if any(one is None for one in points):
        attempt.points = attempt.is_passed = None
        return
    attempt.points = sum((one for one in points if one is not None), Decimal(0))
    attempt.is_passed = is_passed(attempt.points, attempt.max_points, attempt.pass_mark)


def fits(asked: QuestionVersion, corrected: QuestionVersion) -> bool:
    """The same question of the same kind, whose page showed the same: only the key differs."""
    if asked.question_id != corrected.question_id or asked.kind != corrected.kind or asked.pk == corrected.pk:
        return False
    if _seen(asked) != _seen(corrected):
        return False
    order = asked.parsed.shuffle(Random(0))  # noqa: S311  # any order will do
    return corrected.parsed.carried(asked.parsed, order) is not None


def _seen(version: QuestionVersion) -> set[tuple[str, str]]:
    """Pictures and sounds, each with the option beside which it stands."""
    options = version.body.get("options", [])
    return {(one["name"], "" if one["place"] is None else options[one["place"]]["text"]) for one in version.media}
