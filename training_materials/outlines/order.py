"""The order of a course's steps. Learners have that of the pages in the tree; another one waits in the draft of the
course and is carried out when the course is published (decision 0150). Pure.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

Plan = Mapping[str, Sequence[int]]  # nothing, or of what order the steps that learners saw then were, and the new one


class Placed(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def live(self) -> bool: ...


Row = TypeVar("Row", bound=Placed)


def as_planned(steps: Sequence[Row], plan: Plan) -> list[Row]:
    """As trainers arrange them; what the plan does not know comes last. As they stand where nothing waits: a plan that
    was carried out, or overtaken, begins with another order than theirs."""
    if not plan or _both(plan["seen"], _seen(steps)) != _both(_seen(steps), plan["seen"]):
        return list(steps)
    place = {key: number for number, key in enumerate(plan["order"])}
    return sorted(steps, key=lambda step: place.get(step.pk, len(place)))


def plan_for(steps: Sequence[Placed], order: Sequence[int]) -> Plan:
    """What has to wait so that learners see nothing of it; nothing where what they see keeps its order."""
    seen = _seen(steps)
    return {} if _both(order, seen) == seen else {"seen": seen, "order": list(order)}


def _seen(steps: Sequence[Placed]) -> list[int]:
    return [step.pk for step in steps if step.live]


def _both(keys: Sequence[int], others: Sequence[int]) -> list[int]:
    return [key for key in keys if key in others]
