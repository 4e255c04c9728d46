"""Of a person who is erased stays that they asked, not what they wrote."""

from typing import Any

from membership.signals import person_erased
from privacy.actions import forget_words


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="privacy.erase")


def _erase(sender: Any, person_ids: list[int], **_said: Any) -> None:
    forget_words(person_ids=person_ids)
