"""A person who is erased leaves the ledger."""

from typing import Any

from learning.evidence.actions import erase
from membership.models import Person
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="evidence.erase")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    """The person's own record takes along those merged into it."""
    erase(person=Person.objects.get(pk=person_ids[0]), by=said["by"], at=said["at"])
