"""A person who is erased was called to nothing."""

from typing import Any

from learning.calls.actions import erase_calls
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="learning.calls.erase")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    erase_calls(person_ids=person_ids)
