"""The writes of learning."""

from learning.tracking.actions.clients import (
    alias_of,
    end_launch,
    make_credential,
    revoke_credential,
    start_launch,
)
from learning.tracking.actions.progress import (
    CourseClosedError,
    PrerequisitesUnmetError,
    StepRefusedError,
    complete_step,
    enrol,
    erase_learning,
    move_enrolments,
    settle,
    visit,
)
from learning.tracking.actions.revising import revise_step
from learning.tracking.actions.statements import store_for_person, store_statements

__all__ = [
    "CourseClosedError",
    "PrerequisitesUnmetError",
    "StepRefusedError",
    "alias_of",
    "complete_step",
    "end_launch",
    "enrol",
    "erase_learning",
    "make_credential",
    "move_enrolments",
    "revise_step",
    "revoke_credential",
    "settle",
    "start_launch",
    "store_for_person",
    "store_statements",
    "visit",
]
