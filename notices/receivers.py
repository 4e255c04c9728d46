"""Of who is erased no notice stays; the outbox tells what became of letters; and a browser tells who is signed in
there, or nobody."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from membership.models import User
from membership.signals import password_renewed, person_erased
from notices import devices
from notices.actions import end_device, erase_notices, note_ends, note_refusal, remove_devices
from notices.channels import PUSH
from notices.notices import tell_of_renewal
from work.signals import address_refused, letters_ended


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="notices.erase")
    password_renewed.connect(_tell_of_renewal, dispatch_uid="notices.passwords")
    letters_ended.connect(_note, dispatch_uid="notices.letters")
    address_refused.connect(_note_refusal, dispatch_uid="notices.addresses")
    user_logged_in.connect(_switch_off_of_others, dispatch_uid="notices.devices.in")
    user_logged_out.connect(_switch_off, dispatch_uid="notices.devices.out")


def _erase(sender: Any, person_ids: list[int], at: datetime.datetime, **_said: Any) -> None:
    erase_notices(person_ids=person_ids, at=at)


def _tell_of_renewal(sender: Any, person_id: int, at: datetime.datetime, **_said: Any) -> None:
    tell_of_renewal(person_id=person_id, at=at)


def _note(sender: Any, references: Sequence[str], end: str, at: datetime.datetime, **_said: Any) -> None:
    note_ends(references=references, end=end, at=at)


def _note_refusal(sender: Any, channel: str, address: str, letter: str, is_final: bool, **said: Any) -> None:
    if channel == PUSH.carrier:
        end_device(address=address, at=said["at"])
        return
    note_refusal(carrier=channel, address=address, letter=letter, is_final=is_final, at=said["at"])


def _switch_off(sender: Any, request: HttpRequest, user: User | None, **_said: Any) -> None:
    """Whoever signs out is told nothing there any more."""
    remove_devices(devices=devices.named_by(request))


def _switch_off_of_others(sender: Any, request: HttpRequest, user: User, **_said: Any) -> None:
    """Nor is whoever used it before, where they did not sign out."""
    remove_devices(devices=devices.named_by(request).exclude(person=user.person_id))
