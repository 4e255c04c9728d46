"""What changes targets, entered figures and the counts kept for speed."""

from evaluation.reporting.actions.counting import count_year, follow_changes
from evaluation.reporting.actions.targets import (
    ENTERED_MEASURES,
    FIRST_YEAR,
    LARGEST_VALUE,
    enter_denominator,
    load_targets,
)

__all__ = [
    "ENTERED_MEASURES",
    "FIRST_YEAR",
    "LARGEST_VALUE",
    "count_year",
    "enter_denominator",
    "follow_changes",
    "load_targets",
]
