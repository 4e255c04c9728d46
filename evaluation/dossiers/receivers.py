"""Judging listens to teaching here: receivers enqueue and do nothing else."""

import datetime
from typing import Any

from django.dispatch import receiver

from evaluation.dossiers.actions.people import erase_dossiers
from evaluation.dossiers.tasks import rescore_dossier
from learning.evidence.signals import evidence_recorded
from membership.signals import person_erased


@receiver(evidence_recorded)
def suggest_anew(sender: Any, *, person_id: int, year: int, **kwargs: Any) -> None:
    rescore_dossier.enqueue(person_id, year)


@receiver(person_erased)
def erase(sender: Any, *, person_ids: list[int], at: datetime.datetime, **kwargs: Any) -> None:
    erase_dossiers(person_ids=person_ids, at=at)
