"""A person who is erased said nothing. What they asked goes with their enrolments."""

from typing import Any

from learning.feedback.actions import erase_opinions
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="learning.feedback.erase")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    erase_opinions(person_ids=person_ids)
