"""Signals go up: apps above listen here, and membership never learns who listens."""

from django.dispatch import Signal

# Sent inside the erasure's transaction with person_ids (list[int]: the person's records, merged ones too), by (User)
# and at (datetime). A receiver deletes its part at once; what it cannot do stops the whole erasure.
person_erased = Signal()

# Sent inside the transaction with person_id (int) and at (datetime) after a code by SMS set a new password.
password_renewed = Signal()

# Sent inside the transaction with act_id (int: a DecreeAct) and at (datetime) after a decree was carried out, and after
# one was taken back.
decree_acted = Signal()

# Sent inside the transaction with act_ids (list[int]: UnitActs) and at (datetime) after units were added, changed,
# moved, closed, opened again or removed.
units_acted = Signal()

# Sent inside the transaction with person_ids (list[int], as above) where the consent that the site needs stands again
# after it was taken back, or may be used again. A receiver enqueues what follows of what was held meanwhile.
agreed_again = Signal()
