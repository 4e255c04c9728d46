"""The year's evidence as one indicator's page shows it: what counted here with its points, what was refused and why,
and the rest."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluation.criteria.inputs import item_of
from evaluation.criteria.scoring import Rule, counted_by_evidence, matches
from evaluation.dossiers.models import IndicatorScore
from learning.evidence.models import Evidence, Verification
from learning.evidence.pages.sentences import Line, line


@dataclass(frozen=True)
class Attachable:
    """``points`` is what it gave here, None where it gave nothing; ``concerns`` whether it stands outside the fold."""

    line: Line
    points: Decimal | None
    is_attached: bool
    concerns: bool

    @property
    def key(self) -> str:
        return str(self.line.evidence.pk)


def attachable(
    score: IndicatorScore, own: Iterable[Evidence], rules: Sequence[Rule], chosen: Collection[str]
) -> list[Attachable]:
    """What counted first, then what is attached or would count were it confirmed, then the rest; no queries."""
    counted = counted_by_evidence(score.suggested_trace)
    lenient = [replace(rule, least_verification=Verification.NONE) for rule in rules]
    found = [_of(evidence, counted, chosen, lenient) for evidence in own]
    return sorted(found, key=lambda one: (-(one.points or 0), not one.concerns))


def _of(
    evidence: Evidence, counted: dict[str, Decimal], chosen: Collection[str], lenient: Sequence[Rule]
) -> Attachable:
    key, told = str(evidence.pk), line(evidence)
    points, is_attached = counted.get(key), key in chosen
    would_count = bool(told.refused_reason) and any(matches(rule, item_of(evidence)) for rule in lenient)
    return Attachable(told, points, is_attached, points is not None or is_attached or would_count)
