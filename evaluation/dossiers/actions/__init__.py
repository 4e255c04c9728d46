"""What changes dossiers. Nothing else does."""

from evaluation.dossiers.actions.deciding import decide, verdict_of
from evaluation.dossiers.actions.opening import load_chains, open_dossier
from evaluation.dossiers.actions.reviewing import (
    ReviewEntry,
    ReviewRefusedError,
    accept_own_scores,
    forward,
    return_to_person,
    review_score,
    save_review,
)
from evaluation.dossiers.actions.suggesting import rescore
from evaluation.dossiers.actions.writing import (
    OwnEntry,
    attach_evidence,
    detach_evidence,
    save_own,
    score_self,
    submit,
)

__all__ = [
    "OwnEntry",
    "ReviewEntry",
    "ReviewRefusedError",
    "accept_own_scores",
    "attach_evidence",
    "decide",
    "detach_evidence",
    "forward",
    "load_chains",
    "open_dossier",
    "rescore",
    "return_to_person",
    "review_score",
    "save_own",
    "save_review",
    "score_self",
    "submit",
    "verdict_of",
]
