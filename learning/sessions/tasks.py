"""Work that takes longer than a page may. Tasks take ids and may run twice."""

from django.utils import timezone

from learning.sessions import actions
from learning.sessions.models import PrintRun
from work.queue import task


@task()
def draw_invitations(run_id: int) -> None:
    """Draws what was ordered."""
    for run in PrintRun.objects.filter(pk=run_id).select_related("session__unit"):
        actions.draw_invitations(run=run, at=timezone.now())
