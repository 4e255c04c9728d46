"""Signals go up: judging listens here, and teaching never learns who listens."""

from django.dispatch import Signal

# Sent after commit with evidence_ids (list of UUID), person_id (int), year (int, Viet Nam's time).
evidence_recorded = Signal()

# Sent in the transaction that takes a fact back, with evidence (the row taken back) and at.
evidence_withdrawn = Signal()
