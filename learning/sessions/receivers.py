"""A person who is erased said nothing."""

from typing import Any

from learning.sessions.actions import erase_replies
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="learning.sessions.erase")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    erase_replies(person_ids=person_ids)
