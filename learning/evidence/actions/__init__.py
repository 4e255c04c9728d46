"""The only door to the ledger. Rows are written once; a correction is a new row that supersedes the old one.

A fact that the system records leaves no entry in the audit log: the row itself, immutable and with its
provenance, is the record. What a person does here (declare, confirm, merge, erase) leaves one.
"""

from learning.evidence.actions.declaring import confirm, correct, declare, observe, refuse, sweep_files, withdraw
from learning.evidence.actions.passport import bring_in, keep_national_code
from learning.evidence.actions.people import erase, seal_merge, supersede_onto
from learning.evidence.actions.queueing import await_sealing, begin_sealing, seal_without_words, vouch_for_waiting
from learning.evidence.actions.recording import RecordRefusedError, record, record_all
from learning.evidence.actions.sealing import seal, send_checkpoint
