"""What can be done with chosen dossiers of the queue. Apps above add theirs when the site starts."""

from typing import Any

from interface.tables import RowAction

row_actions: list[RowAction] = []


def is_ready(dossier: Any) -> bool:
    """``ready_for_decision`` over again, on a row that is at hand."""
    criteria = dossier.criteria_set
    return bool(
        dossier.current_step
        and dossier.current_step.recognises
        and dossier.reviewed_count == dossier.score_count
        and dossier.reviewed_total >= criteria.threshold
        and dossier.reviewed_least >= criteria.floor
        and not getattr(dossier, "is_own", False)
        and not getattr(dossier, "has_judged", False)
    )
