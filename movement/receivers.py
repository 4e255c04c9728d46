"""Of a person who is erased nothing that they wrote stays."""

from typing import Any

from membership.signals import person_erased
from movement.actions import erase_proposals


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="movement.erase")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    erase_proposals(person_ids=person_ids)
