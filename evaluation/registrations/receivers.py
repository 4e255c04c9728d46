"""A person who is erased strives for nothing here."""

from typing import Any

from evaluation.registrations.actions import erase_registrations
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="evaluation.registrations.erase")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    erase_registrations(person_ids=person_ids)
