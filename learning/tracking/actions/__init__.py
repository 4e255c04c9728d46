"""The writes of learning."""

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

__all__ = [
    "CourseClosedError",
    "PrerequisitesUnmetError",
    "StepRefusedError",
    "complete_step",
    "enrol",
    "erase_learning",
    "move_enrolments",
    "settle",
    "visit",
]
