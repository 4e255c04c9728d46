"""A result made anew: the old one stays readable with the reason, completion follows, the evidence is superseded."""

import datetime

from assessments.actions.answering import write
from assessments.actions.telling import tell_again
from assessments.models import Attempt, EarlierResult, Response
from assessments.rules.marking import decide, mark_all


def mark_anew(*, attempt: Attempt, responses: list[Response], reason: str, at: datetime.datetime) -> bool:
    """Whether anything changed. Within a transaction that holds the attempt; its responses are read ``for_marking``."""
    earlier = EarlierResult(
        attempt=attempt,
        points=attempt.points,
        is_passed=attempt.is_passed,
        marks={str(one.position): None if one.points is None else str(one.points) for one in responses},
        replaced_at=at,
        reason=reason,
    )
    before = {one.position: one.points for one in responses}
    mark_all(responses)
    if all(one.points == before[one.position] for one in responses):
        return False
    earlier.number = attempt.earlier_results.count() + 1
    earlier.save()
    write([one for one in responses if one.points != before[one.position]], ["points"])
    decide(attempt, responses)
    attempt.is_marked_anew = True
    attempt.save(update_fields=["points", "is_passed", "is_marked_anew"])
    tell_again(attempt, responses, at, reason)
    return True
