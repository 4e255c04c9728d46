"""What changes criteria, and what scoring leaves. Nothing else does."""

from evaluation.criteria.actions.scoring import begin_scoring, continue_scoring, score_people
from evaluation.criteria.actions.sets import (
    SAMPLE,
    draft_from,
    load_sample,
    put_in_force,
    remove_part,
    save_part,
)

__all__ = [
    "SAMPLE",
    "begin_scoring",
    "continue_scoring",
    "draft_from",
    "load_sample",
    "put_in_force",
    "remove_part",
    "save_part",
    "score_people",
]
