"""Signals go up."""

from django.dispatch import Signal

# Sent after commit with dossier_id (int).
dossier_decided = Signal()

# Sent inside the transaction with dossier_id (int) and at (datetime) after it went along with its person.
dossier_moved = Signal()
