"""What changes criteria, and what scoring leaves. Nothing else does."""

from evaluation.criteria.actions.importing import check_set, import_set
from evaluation.criteria.actions.scoring import (
    ask_preview,
    begin_scoring,
    calculate_preview,
    continue_scoring,
    erase_scores,
    follow_objection,
    score_people,
)
from evaluation.criteria.actions.sets import (
    SAMPLE,
    draft_from,
    load_sample,
    put_in_force,
    remove_part,
    save_anchors,
    save_caps,
    save_part,
)
