"""What makes lists into decisions and titles. Each action writes one entry in the audit log: ids, never names."""

from evaluation.recognition.actions.decisions import draft_decision, issue, leave_lists, remove_line
from evaluation.recognition.actions.earlier import EarlierDecision, against, enter_earlier, refuse_decision
from evaluation.recognition.actions.effect import confirm, hand_in, refuse, withdraw
from evaluation.recognition.actions.groups import (
    add_members,
    close_grouping,
    end_member,
    move_group_members,
    open_grouping,
    set_rule,
)
from evaluation.recognition.actions.printing import (
    drop_certificate_files,
    order_certificates,
    print_certificates,
)
from evaluation.recognition.actions.titles import erase_titles, move_titles, revoke
