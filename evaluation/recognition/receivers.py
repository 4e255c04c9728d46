"""A person who is erased keeps no certificate that leads to them; a dossier that went along leaves the old draft."""

import datetime
from typing import Any

from evaluation.dossiers.models import Dossier
from evaluation.dossiers.signals import dossier_moved
from evaluation.recognition.actions import erase_titles, leave_lists
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="recognition.erase")
    dossier_moved.connect(_leave_lists, dispatch_uid="recognition.leave_lists")


def _erase(sender: Any, person_ids: list[int], at: datetime.datetime, **_said: Any) -> None:
    erase_titles(person_ids=person_ids, at=at)


def _leave_lists(sender: Any, dossier_id: int, at: datetime.datetime, **_said: Any) -> None:
    leave_lists(dossier=Dossier.objects.select_related("unit").get(pk=dossier_id), at=at)
