"""What changes calls. Each leaves an entry in the audit log; what comes of a call is evidence, not written
here."""

from learning.calls.actions.calls import (
    MOST_CALLED,
    add_people,
    call_out,
    cancel,
    cancel_for,
    change,
    extend,
    leave_out,
    prepare,
    put_on,
)
from learning.calls.actions.people import erase_calls, move_calls
from learning.calls.actions.teaching import appoint
