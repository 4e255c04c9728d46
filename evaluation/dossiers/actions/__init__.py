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
