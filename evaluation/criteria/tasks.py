"""Work that takes longer than a page may. Tasks take ids and may run twice."""

from django.utils import timezone

from evaluation.criteria.actions import calculate_preview
from evaluation.criteria.models import Preview
from work.queue import task


@task()
def try_out(preview_id: int) -> None:
    for preview in Preview.objects.filter(pk=preview_id).select_related("criteria_set"):
        calculate_preview(preview=preview, at=timezone.now())
