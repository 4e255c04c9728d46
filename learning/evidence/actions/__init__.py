"""The only door to the ledger. Rows are written once; a correction is a new row that supersedes the old one.

A fact that the system records leaves no entry in the audit log: the row itself, immutable and with its
provenance, is the record. What a person does here (declare, confirm, merge, erase) leaves one.
"""

from learning.evidence.actions.declaring import correct, declare, observe, withdraw
from learning.evidence.actions.erasing import erase
from learning.evidence.actions.merging import supersede_onto
from learning.evidence.actions.publishing import send_checkpoint
from learning.evidence.actions.recording import RecordRefusedError, record, record_all
from learning.evidence.actions.sealing import seal
from learning.evidence.actions.sessions import How, check_in, hold_session, note_attendance
from learning.evidence.actions.sweeping import sweep_files
from learning.evidence.actions.verifying import confirm, refuse
