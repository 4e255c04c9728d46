"""Work over time of the house itself: letters go out."""

from django.core.cache import cache
from django.utils import timezone

from work import actions
from work.queue import task


@task()
def deliver() -> None:
    """What is due; what stays is tried again each minute (``periodic.py``). While the mail server is known to be away,
    nothing: one that hangs would hold up every other task, once for each letter."""
    if not cache.get(actions.MAIL_IS_AWAY):
        actions.deliver_letters(at=timezone.now())
