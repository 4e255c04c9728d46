"""What keeps a step closed to a learner for now. Calls go down, this registry goes up.

An app above (assessments) registers one function in its ``AppConfig.ready``; the player asks each which steps of a
course are closed, and why. A step that is closed to nobody costs nothing: the functions see the outline first.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from learning.tracking.courses.state import CourseState

# From where the learner stands: the closed steps by their key, each with the reason in words.
Gate = Callable[["CourseState"], Mapping[UUID, str]]

_gates: list[Gate] = []


def register(gate: Gate) -> Gate:
    """Adds the gate once, however often the app starts."""
    if gate not in _gates:
        _gates.append(gate)
    return gate


def closed_steps(state: "CourseState") -> dict[UUID, str]:
    closed: dict[UUID, str] = {}
    if state.enrolment is not None:
        for gate in _gates:
            closed |= gate(state)
    return closed
