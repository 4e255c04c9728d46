"""A person who is erased leaves the ledger; what was done to units enters it."""

from typing import Any

from learning.evidence.actions import await_sealing, erase
from learning.evidence.seals import DECREE, UNIT
from membership.models import Person
from membership.signals import decree_acted, person_erased, units_acted


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="evidence.erase")
    decree_acted.connect(_seal_decree, dispatch_uid="evidence.seal_decree")
    units_acted.connect(_seal_units, dispatch_uid="evidence.seal_units")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    """The person's own record takes along those merged into it."""
    erase(person=Person.objects.get(pk=person_ids[0]), by=said["by"], at=said["at"])


def _seal_decree(sender: Any, act_id: int, **said: Any) -> None:
    await_sealing(kind=DECREE.key, rows=[act_id], at=said["at"])


def _seal_units(sender: Any, act_ids: list[int], **said: Any) -> None:
    await_sealing(kind=UNIT.key, rows=act_ids, at=said["at"])
