"""Of a person who is erased stays that they asked, not what they wrote."""

import datetime
from typing import Any

from membership.signals import person_erased
from privacy.actions import forget


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="privacy.erase")


def _erase(sender: Any, person_ids: list[int], at: datetime.datetime, **_said: Any) -> None:
    forget(person_ids=person_ids, at=at)
