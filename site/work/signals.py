"""Signals go up."""

from django.dispatch import Signal

# Sent with references (list[str], as they were given to the outbox), end (one of ENDS) and at (datetime), after the
# mail server took these letters, refused them for good, or may have them: whoever handed them over died meanwhile.
letters_ended = Signal()

# Sent with channel, address, letter (str, the same however often it comes back), is_final (bool) and at (datetime),
# after a letter could not be delivered: for want of anybody of that address, or for the time being.
address_refused = Signal()

SENT, FAILED, UNCERTAIN = ENDS = ("sent", "failed", "uncertain")
