"""A person who is erased keeps no certificate that leads to them."""

import datetime
from typing import Any

from evaluation.recognition.actions import erase_titles
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="recognition.erase")


def _erase(sender: Any, person_ids: list[int], at: datetime.datetime, **_said: Any) -> None:
    erase_titles(person_ids=person_ids, at=at)
