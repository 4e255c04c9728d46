"""A person who is erased leaves no attempts behind."""

from typing import Any

from assessments.actions import erase_attempts
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="assessments.erase")


def _erase(sender: Any, person_ids: list[int], **_said: Any) -> None:
    erase_attempts(person_ids=person_ids)
