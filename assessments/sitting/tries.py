"""How a learner stands at a quiz: what was tried, what is open, what is left, when the next try may begin."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.rules.quiz import QuizRules


@dataclass(frozen=True)
class Standing:
    finished: list[Any]
    open: Any | None
    left: int | None  # None: no limit
    waits_until: datetime.datetime | None = None
    opens_at: datetime.datetime | None = None
    has_closed: bool = False

    @property
    def is_passed(self) -> bool:
        return any(attempt.is_passed for attempt in self.finished)

    @property
    def is_marked_anew(self) -> bool:
        return any(attempt.is_marked_anew for attempt in self.finished)

    @property
    def is_used_up(self) -> bool:
        return self.open is None and self.left == 0

    @property
    def may_start(self) -> bool:
        return self.open is None and self.left != 0 and not (self.waits_until or self.opens_at or self.has_closed)


def standing_of(attempts: Iterable[Any], rules: QuizRules, at: datetime.datetime) -> Standing:
    """From all attempts of one learner at one quiz. An open one counts as used."""
    tried = list(attempts)
    finished = [attempt for attempt in tried if attempt.finished_at]
    next_at = rules.next_at(max((attempt.finished_at for attempt in finished if attempt.finished_at), default=None))
    return Standing(
        finished=finished,
        open=next((attempt for attempt in tried if not attempt.finished_at), None),
        left=max(rules.attempts_allowed - len(tried), 0) if rules.attempts_allowed else None,
        waits_until=next_at if next_at and next_at > at else None,
        opens_at=rules.opens_at if rules.opens_at and rules.opens_at > at else None,
        has_closed=rules.has_closed(at),
    )
