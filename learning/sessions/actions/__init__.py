"""What is done with sessions: they are planned, and who was there is told to the ledger."""

from learning.sessions.actions.attendance import How, check_in, note_attendance, say_training
from learning.sessions.actions.planning import hold_session
