"""What is told to the ledger: one fact about one person, in plain values."""

import datetime
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from interface.vietnamese import nfc
from learning.evidence.models import EnteredBy, Source, Verification

TITLE_LENGTH = 255
KEY_LENGTH = 120
SIGNED = ":signed"  # after the key of what came in unsigned for somebody else before
MOVED_TO = "@"  # between the key of a fact and the record onto which a merge moved it


@dataclass(frozen=True)
class Fact:
    """The same ``source_key`` is the same fact: telling it again changes nothing. ``score`` goes from 0 to 1.

    Raises ValueError for what no fact can be: no key, no title, a score out of range, a moment without time zone.
    """

    person_id: int
    kind: str
    title: str
    occurred_at: datetime.datetime
    source: Source
    verification: Verification
    entered_by: EnteredBy
    source_key: str
    score: Decimal | None = None
    page_key: uuid.UUID | None = None
    page_revision: int | None = None
    topics: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", nfc(self.title)[:TITLE_LENGTH])
        if not self.title:
            raise ValueError("A fact needs a title.")
        if not 0 < len(self.source_key) <= KEY_LENGTH:
            raise ValueError(f"A source key has 1 to {KEY_LENGTH} characters.")
        if self.score is not None and not 0 <= self.score <= 1:
            raise ValueError("A score goes from 0 to 1.")
        if timezone.is_naive(self.occurred_at):
            raise ValueError("A moment needs its time zone.")

    @property
    def year(self) -> int:
        """The year it counts for, in Viet Nam's time."""
        return timezone.localdate(self.occurred_at).year
