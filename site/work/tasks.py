"""Work over time of the house itself: letters go out."""

from django.utils import timezone

from work import actions
from work.queue import task


@task()
def deliver() -> None:
    """What is due; what stays is tried again each minute (``periodic.py``)."""
    actions.deliver_letters(at=timezone.now())
