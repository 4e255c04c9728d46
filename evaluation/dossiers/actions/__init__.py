"""What changes dossiers. Nothing else does."""

from evaluation.dossiers.actions.batch import BatchEntry, BatchResult, Verdict, review_batch
from evaluation.dossiers.actions.bodies import Body, appoint_stand_in, change_chain, last_day, set_deadline
from evaluation.dossiers.actions.deciding import decide, mark_revoked, not_propose, verdict_of
from evaluation.dossiers.actions.doubting import weigh_doubts
from evaluation.dossiers.actions.evidence import look_again, rescore, take_up_evidence
from evaluation.dossiers.actions.findings import (
    acts_open_to,
    answer_finding,
    ask_unit,
    close_finding,
    escalate_finding,
    sweep_finding_files,
)
from evaluation.dossiers.actions.guards import note, refusals_noted
from evaluation.dossiers.actions.links import (
    LinkAnswer,
    Reply,
    answer_list,
    enter_code,
    freeze_list,
    revoke_link,
    take_over,
    why_refused,
)
from evaluation.dossiers.actions.meetings import call_meeting, close_meeting
from evaluation.dossiers.actions.moving import follow_people, require_settled
from evaluation.dossiers.actions.opening import load_chains, open_dossier
from evaluation.dossiers.actions.oversight import (
    answer_appeal,
    appealable_until,
    draw,
    draw_sample,
    file_appeal,
    last_day_to_appeal,
    note_finding,
)
from evaluation.dossiers.actions.recognising import recognise_many
from evaluation.dossiers.actions.reviewing import (
    ReviewEntry,
    ReviewRefusedError,
    accept_own_scores,
    forward,
    return_to_person,
    review_score,
    save_review,
)
from evaluation.dossiers.actions.withdrawing import against_withdrawing, withdraw
from evaluation.dossiers.actions.writing import (
    OwnEntry,
    attach,
    confirm_assisted,
    confirmation_code,
    dossier_of_paper,
    mark_of,
    paper_token,
    save_own,
    submit,
)
from evaluation.dossiers.voting import Vote
