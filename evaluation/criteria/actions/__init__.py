"""What changes criteria, and what scoring leaves. Nothing else does."""

from evaluation.criteria.actions.erasing import erase_scores
from evaluation.criteria.actions.importing import check_set, import_set
from evaluation.criteria.actions.previews import ask_preview, calculate_preview
from evaluation.criteria.actions.scoring import begin_scoring, continue_scoring, score_people
from evaluation.criteria.actions.sets import (
    SAMPLE,
    draft_from,
    load_sample,
    put_in_force,
    remove_part,
    save_caps,
    save_part,
)
