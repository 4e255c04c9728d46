"""What changes targets, entered figures, the counts kept for speed, and reports."""

from evaluation.reporting.actions.counting import count_year, follow_changes
from evaluation.reporting.actions.reports import StaleError, freeze_report, note_sending
from evaluation.reporting.actions.targets import (
    FIRST_YEAR,
    LARGEST_VALUE,
    enter_denominator,
    load_targets,
)
