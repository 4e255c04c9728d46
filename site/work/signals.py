"""Signals go up."""

from django.dispatch import Signal

# Sent with references (list[str], as they were given to the outbox), end (one of ENDS) and at (datetime), after the
# mail server took these letters, refused them for good, or may have them: whoever handed them over died meanwhile.
letters_ended = Signal()

SENT, FAILED, UNCERTAIN = ENDS = ("sent", "failed", "uncertain")
