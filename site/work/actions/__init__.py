"""What the house itself does over time: what recurs, tasks, and letters until they are sent."""

from work.actions.letters import (
    PutLetter,
    deliver_letters,
    forget_letters,
    is_away,
    note_bounce,
    put_letter,
    put_letters,
    try_message,
)
from work.actions.slots import claim, claim_now, finish, release
from work.actions.tasks import forget_results, take_up_again
