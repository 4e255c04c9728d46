"""What changes targets, entered figures, the counts kept for speed, and reports."""

from evaluation.reporting.actions.figures import (
    FIRST_YEAR,
    LARGEST_VALUE,
    count_year,
    enter_denominator,
    follow_changes,
    forget_units,
    load_targets,
)
from evaluation.reporting.actions.reports import StaleError, freeze_report, note_sending
