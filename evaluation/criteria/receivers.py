"""A person who is erased is scored no more."""

from typing import Any

from evaluation.criteria.actions import erase_scores
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="criteria.erase")


def _erase(sender: Any, person_ids: list[int], **_said: Any) -> None:
    erase_scores(person_ids=person_ids)
