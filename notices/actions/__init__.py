"""What is told to people, and what they do with it."""

from notices.actions.choosing import choose, stop
from notices.actions.devices import end_device, forget_devices, remove_devices, switch_on_device
from notices.actions.people import erase_notices, forget_notices, move_notices
from notices.actions.reading import mark_all_seen, mark_seen
from notices.actions.refusals import confirm_again, note_refusal, switch_on
from notices.actions.sending import note_ends, send_digests, send_urgent
from notices.actions.telling import Told, tell
