"""How a learner stands at a quiz: what was tried, what is open, what is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessments.models import Attempt


@dataclass(frozen=True)
class Standing:
    finished: list[Attempt]
    open: Attempt | None
    left: int | None  # None: no limit

    @property
    def is_passed(self) -> bool:
        return any(attempt.is_passed for attempt in self.finished)

    @property
    def may_start(self) -> bool:
        return self.open is None and self.left != 0


def standing_of(attempts: Iterable[Attempt], allowed: int) -> Standing:
    """From all attempts of one learner at one quiz; ``allowed`` 0 means no limit. An open one counts as used."""
    tried = list(attempts)
    return Standing(
        finished=[attempt for attempt in tried if attempt.finished_at],
        open=next((attempt for attempt in tried if not attempt.finished_at), None),
        left=max(allowed - len(tried), 0) if allowed else None,
    )
