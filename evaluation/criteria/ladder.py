"""Every score that an indicator knows, as one presses it: those whose look is told, and what lies between. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from evaluation.criteria.explanation import points_text


@dataclass(frozen=True)
class Step:
    """One score; ``text`` is what it looks like, empty where nothing is told."""

    points: Decimal
    is_chosen: bool
    text: str = ""

    @property
    def value(self) -> str:
        return written(self.points)

    @property
    def label(self) -> str:
        return points_text(self.points)


@dataclass(frozen=True)
class Rung:
    """A score that is told, and those up to the next one; the first may stand below all that is told."""

    told: Step | None
    between: list[Step] = field(default_factory=list)


def written(points: Decimal) -> str:
    """A score as forms send it: 8.50 as "8.5", 10.0 as "10"."""
    return f"{points.normalize():f}"


def scores_up_to(maximum: Decimal, step: Decimal) -> list[Decimal]:
    """From nothing to the maximum."""
    return [step * count for count in range(int(maximum / step) + 1)]


def rungs(anchors: Mapping[Decimal, str], scores: list[Decimal], chosen: Decimal | None) -> list[Rung]:
    """From the lowest score to the highest; an anchor at a score that the set does not know is left out."""
    found: list[Rung] = []
    for points in scores:
        step = Step(points, points == chosen, anchors.get(points, ""))
        if step.text or not found:
            found.append(Rung(step) if step.text else Rung(None, [step]))
        else:
            found[-1].between.append(step)
    return found
