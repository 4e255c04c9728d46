"""Work over time of the house itself: letters go out."""

from django.utils import timezone

from work import actions
from work.queue import task


@task()
def deliver() -> None:
    """What is due; what stays is tried again each minute (``periodic.py``). While the mail server is known to be away,
    nothing: one that hangs would hold up every other task, once for each letter."""
    if not actions.is_mail_away():
        actions.deliver_letters(at=timezone.now())
