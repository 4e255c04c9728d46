"""A person who is erased leaves the ledger; what was recorded is sealed soon after. Receivers enqueue, no more."""

from typing import Any

from learning.evidence.actions import erase
from learning.evidence.ledger.schedule import seal_soon
from learning.evidence.signals import evidence_recorded
from membership.models import Person
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="evidence.erase")
    evidence_recorded.connect(_seal, dispatch_uid="evidence.seal")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    """The person's own record takes along those merged into it."""
    erase(person=Person.objects.get(pk=person_ids[0]), by=said["by"], at=said["at"])


def _seal(sender: Any, **said: Any) -> None:
    seal_soon(len(said["evidence_ids"]))
