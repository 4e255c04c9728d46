"""News of calls: one went out, changed, or was cancelled (``call``, ``by``, ``at``)."""

from django.dispatch import Signal

call_moved = Signal()
