"""The only doors that write here: the bank, and an attempt from start to end."""

from assessments.actions.answering import Given, Saved, answer, answer_all, standing_answers
from assessments.actions.bank import (
    delete_question,
    discard_draft,
    point_to_lesson,
    restore_question,
    retire_question,
    save_draft,
    save_question,
    tag_questions,
)
from assessments.actions.figures import keep_file, keep_picture, keep_sound, put_into_library
from assessments.actions.finishing import finish, settle_attempt, take_late
from assessments.actions.marking_written import mark_written
from assessments.actions.pools import delete_pool, keep_to_own_pools, leave_pools, save_pool
from assessments.actions.regrading import correct_key, regrade
from assessments.actions.starting import grant_time, start
from assessments.actions.sweeping import erase_attempts, sweep_figures
from assessments.actions.watching import clear_signal, forget_traces, watch
