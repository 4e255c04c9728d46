"""Of who is erased no notice stays; and the outbox tells what became of letters."""

import datetime
from collections.abc import Sequence
from typing import Any

from membership.signals import password_renewed, person_erased
from notices.actions import erase_notices, note_ends, note_refusal
from notices.notices import tell_of_renewal
from work.signals import address_refused, letters_ended


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="notices.erase")
    password_renewed.connect(_tell_of_renewal, dispatch_uid="notices.passwords")
    letters_ended.connect(_note, dispatch_uid="notices.letters")
    address_refused.connect(_note_refusal, dispatch_uid="notices.addresses")


def _erase(sender: Any, person_ids: list[int], at: datetime.datetime, **_said: Any) -> None:
    erase_notices(person_ids=person_ids, at=at)


def _tell_of_renewal(sender: Any, person_id: int, at: datetime.datetime, **_said: Any) -> None:
    tell_of_renewal(person_id=person_id, at=at)


def _note(sender: Any, references: Sequence[str], end: str, at: datetime.datetime, **_said: Any) -> None:
    note_ends(references=references, end=end, at=at)


def _note_refusal(sender: Any, channel: str, address: str, letter: str, is_final: bool, **said: Any) -> None:
    note_refusal(carrier=channel, address=address, letter=letter, is_final=is_final, at=said["at"])
