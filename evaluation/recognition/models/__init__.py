"""Decisions and their titles, and groups that learn."""

from evaluation.recognition.models.decisions import (
    Decision,
    DecisionLine,
    PrintRun,
    SignedCopy,
    State,
    Title,
    Way,
    private_files,
)
from evaluation.recognition.models.groups import Grouping, GroupingMember, GroupingRule
