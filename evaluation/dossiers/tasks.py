"""Work that follows from events. Tasks take ids and may run twice."""

from django.utils import timezone
from django_tasks import task

from evaluation.dossiers.actions import mark_stale, rescore
from evaluation.dossiers.models import Dossier


@task()
def rescore_dossier(person_id: int, year: int) -> None:
    """Suggests anew for the person's dossier of the year; without one there is nothing to do, for only the person
    (or who assists them) opens a dossier."""
    for dossier in Dossier.objects.filter(person_id=person_id, year=year):
        rescore(dossier=dossier, at=timezone.now())
        mark_stale(dossier=dossier, at=timezone.now())
