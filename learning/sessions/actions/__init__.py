"""What is done with sessions: they are planned, announced and closed, and who was there is told to the ledger."""

from learning.sessions.actions.attendance import How, check_in, note_attendance, say_training, undo_attendance
from learning.sessions.actions.certificates import erase_certificates, move_certificates, revoke_certificate
from learning.sessions.actions.inviting import erase_invitations, invite, leave_out, move_invitations, remind
from learning.sessions.actions.materials import add_material, remove_material, sweep_materials
from learning.sessions.actions.planning import (
    SessionRefusedError,
    change_session,
    erase_replies,
    hold_session,
    move_replies,
    move_session,
    reply,
)
from learning.sessions.actions.printing import (
    AT_ONCE,
    draw_invitations,
    drop_invitation_files,
    drop_invitations_naming,
    order_invitations,
)
from learning.sessions.actions.series import repeat
