"""What makes lists into decisions and titles. Each action writes one entry in the audit log: ids, never names."""

from evaluation.recognition.actions.drafting import draft_decision, remove_line
from evaluation.recognition.actions.issuing import issue
from evaluation.recognition.actions.titles import erase_titles, move_titles, revoke

__all__ = ["draft_decision", "erase_titles", "issue", "move_titles", "remove_line", "revoke"]
