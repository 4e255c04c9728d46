"""What the log seals beside evidence: conclusions, and what changes about whom they are.

Calls go down, this registry goes up: an app adds its kinds in its ``AppConfig.ready``, and tells of each row that it
wrote or changed with ``learning.evidence.actions.await_sealing``. What a row says is read when it is sealed and when
the ledger is verified; it is stored nowhere a second time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

# Plain values, as JSON takes them.
Payload = dict[str, Any]


@dataclass(frozen=True)
class SealedKind:
    """``key`` stands in the log, in at most 8 signs; ``number``, from 1 to 4095, in the keys of its entries: neither
    ever changes. ``rows`` are all that must be sealed. ``contents`` gives what those with these primary keys say, in
    a bounded number of queries; rows that are gone are not among them."""

    key: str
    number: int
    rows: Callable[[], QuerySet[Any]]
    contents: Callable[[Sequence[int]], dict[int, Payload]]


@dataclass(frozen=True)
class Fault:
    """``where`` names the entry, row, checkpoint or key; ``what`` says what is wrong there."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


SEALED: dict[str, SealedKind] = {}
# What else must follow from what was sealed: each gives the faults that it finds in all rows.
comparisons: list[Callable[[], Iterator[Fault]]] = []


def key_chunks(rows: QuerySet[Any], size: int) -> Iterator[list[int]]:
    """The primary keys of all rows in order, so many at once, each chunk read when it is asked for."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        yield chunk
        last = chunk[-1]


def seal_kind(kind: SealedKind) -> None:
    SEALED[kind.key] = kind
