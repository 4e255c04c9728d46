"""Work over time of the house itself: letters go out."""

from django.utils import timezone

from work import actions
from work.queue import task


@task()
def deliver() -> None:
    """What is due; what stays is tried again each minute (``periodic.py``). Nothing by a channel that is known to be
    away: one that hangs would hold up every other task, once for each letter."""
    actions.deliver_letters(at=timezone.now(), skips_away=True)
