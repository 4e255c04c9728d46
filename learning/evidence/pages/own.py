"""One year of a person's evidence as their page shows it: each fact with where it comes from and what it replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learning.evidence.models import Evidence, Source, Verification
from learning.evidence.pages.sentences import past, provenance, taken_back

if TYPE_CHECKING:
    from uuid import UUID

    from membership.models import Person


@dataclass(frozen=True)
class Line:
    evidence: Evidence
    provenance: str
    history: tuple[str, ...]

    @property
    def is_checked(self) -> bool:
        return self.evidence.verification != Verification.NONE

    @property
    def awaits_check(self) -> bool:
        """Whether someone may still look at a paper behind it."""
        is_declared = self.evidence.source in (Source.SELF, Source.EXTERNAL)
        return is_declared and not self.is_checked and not self.refused_reason

    @property
    def refused_reason(self) -> str:
        """Why an officer could not confirm it."""
        return str(self.evidence.details.get("refused_reason", ""))

    @property
    def percent(self) -> int | None:
        score = self.evidence.score
        return None if score is None else round(score * 100)


def line(evidence: Evidence, history: tuple[str, ...] = ()) -> Line:
    return Line(evidence, provenance(evidence), history)


def withdrawn(person: Person, year: int) -> list[str]:
    """What was taken back, in sentences."""
    return [taken_back(row) for row in Evidence.objects.withdrawn(person, year)]


def lines(person: Person, year: int) -> list[Line]:
    """The year's standing facts, latest first: three queries, however many there are."""
    replaced = {row.pk: row for row in Evidence.objects.past_of(person)}
    return [
        line(evidence, tuple(past(row) for row in _chain(evidence, replaced)))
        for evidence in Evidence.objects.for_mine(person, year)
    ]


def _chain(evidence: Evidence, replaced: dict[UUID, Evidence]) -> list[Evidence]:
    """What the fact superseded, the latest first."""
    chain, earlier = [], evidence.supersedes_id
    while earlier in replaced:
        chain.append(replaced[earlier])
        earlier = replaced[earlier].supersedes_id
    return chain
