"""Signals go up."""

from django.dispatch import Signal

# Sent after commit with dossier_id (int).
dossier_decided = Signal()
