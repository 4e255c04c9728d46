"""Work that takes longer than a page may. Tasks take ids and may run twice."""

from django.utils import timezone

from evaluation.recognition import actions
from evaluation.recognition.models import PrintRun
from work.queue import task


@task()
def print_certificates(run_id: int) -> None:
    """Draws what was ordered, and lets go of files that are too old."""
    actions.drop_certificate_files(at=timezone.now())
    for run in PrintRun.objects.filter(pk=run_id).select_related("decision"):
        actions.print_certificates(run=run, at=timezone.now())
