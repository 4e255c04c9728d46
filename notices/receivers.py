"""Of who is erased no notice stays; and the outbox tells what became of letters."""

import datetime
from collections.abc import Sequence
from typing import Any

from membership.signals import person_erased
from notices.actions import erase_notices, note_ends
from work.signals import letters_ended


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="notices.erase")
    letters_ended.connect(_note, dispatch_uid="notices.letters")


def _erase(sender: Any, person_ids: list[int], at: datetime.datetime, **_said: Any) -> None:
    erase_notices(person_ids=person_ids, at=at)


def _note(sender: Any, references: Sequence[str], end: str, at: datetime.datetime, **_said: Any) -> None:
    note_ends(references=references, end=end, at=at)
