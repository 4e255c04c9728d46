"""The writes of learning."""

from learning.tracking.actions.clients import (
    alias_of,
    end_launch,
    make_credential,
    note_spoken_version,
    revoke_credential,
    start_launch,
)
from learning.tracking.actions.documents import delete_document, empty_shelf, merge_document, put_document
from learning.tracking.actions.erasing import erase_records
from learning.tracking.actions.own import Noted, drop_note, erase_goals, move_own, reword_note, set_goal, write_note
from learning.tracking.actions.plays import (
    ContentGoneError,
    NotBegunError,
    TellsByItselfError,
    launch,
    mark_finished,
    take_entries,
)
from learning.tracking.actions.progress import (
    CourseClosedError,
    PrerequisitesUnmetError,
    StepRefusedError,
    complete_step,
    enrol,
    erase_learning,
    move_enrolments,
    settle,
    visit,
)
from learning.tracking.actions.revising import revise_step
from learning.tracking.actions.statements import store_for_person, store_statements
