"""What changes dossiers. Nothing else does."""

from evaluation.dossiers.actions.appeals import answer_appeal, appealable_until, file_appeal, last_day_to_appeal
from evaluation.dossiers.actions.assisting import confirm_assisted, confirmation_code
from evaluation.dossiers.actions.batch import BatchEntry, BatchResult, Verdict, review_batch
from evaluation.dossiers.actions.changing_chains import Body, change_chain
from evaluation.dossiers.actions.deadlines import last_day, set_deadline
from evaluation.dossiers.actions.deciding import decide, verdict_of
from evaluation.dossiers.actions.deciding_many import recognise_many
from evaluation.dossiers.actions.inspecting import draw, draw_sample, note_finding
from evaluation.dossiers.actions.meetings import call_meeting, close_meeting
from evaluation.dossiers.actions.opening import load_chains, open_dossier
from evaluation.dossiers.actions.refused import note, refusals_noted
from evaluation.dossiers.actions.reviewing import (
    ReviewEntry,
    ReviewRefusedError,
    accept_own_scores,
    forward,
    return_to_person,
    review_score,
    save_review,
)
from evaluation.dossiers.actions.staleness import look_again, mark_stale, take_up_evidence
from evaluation.dossiers.actions.standing_in import appoint_stand_in
from evaluation.dossiers.actions.suggesting import rescore
from evaluation.dossiers.actions.writing import OwnEntry, attach_evidence, detach_evidence, save_own, score_self, submit

__all__ = [
    "BatchEntry",
    "BatchResult",
    "Body",
    "OwnEntry",
    "ReviewEntry",
    "ReviewRefusedError",
    "Verdict",
    "accept_own_scores",
    "answer_appeal",
    "appealable_until",
    "appoint_stand_in",
    "attach_evidence",
    "call_meeting",
    "change_chain",
    "close_meeting",
    "confirm_assisted",
    "confirmation_code",
    "decide",
    "detach_evidence",
    "draw",
    "draw_sample",
    "file_appeal",
    "forward",
    "last_day",
    "last_day_to_appeal",
    "load_chains",
    "look_again",
    "mark_stale",
    "note",
    "note_finding",
    "open_dossier",
    "recognise_many",
    "refusals_noted",
    "rescore",
    "return_to_person",
    "review_batch",
    "review_score",
    "save_own",
    "save_review",
    "score_self",
    "set_deadline",
    "submit",
    "take_up_evidence",
    "verdict_of",
]
