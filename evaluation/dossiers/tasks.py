"""Work that follows from events. Tasks take ids and may run twice."""

from evaluation.dossiers.actions import take_up_evidence
from work.queue import task


@task()
def rescore_dossier(person_id: int, year: int) -> None:
    """Suggests anew for the person's dossier of the year; without one there is nothing to do, for only the person
    (or who assists them) opens a dossier."""
    take_up_evidence(person_id=person_id, year=year)
