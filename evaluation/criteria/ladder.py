"""Every score that an indicator knows, as one presses it: those whose look is told, and what lies between. Pure but for
the language that is active.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


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


def points_text(points: Decimal) -> str:
    """8.50 as "8,5" for a Vietnamese reader, 8.0 as "8"."""
    return number_format(written(points))


def scores_up_to(maximum: Decimal, step: Decimal) -> list[Decimal]:
    """From nothing to the maximum."""
    return [step * count for count in range(int(maximum / step) + 1)]


def unknown_score(points: Decimal, maximum: Decimal, step: Decimal) -> str:
    """That no page can show such a score, in words; empty where the set knows it."""
    if 0 <= points <= maximum and not points % step:
        return ""
    told = {"points": points_text(points), "maximum": points_text(maximum), "step": points_text(step)}
    return _("%(points)s is no score of this indicator: it takes 0 to %(maximum)s in steps of %(step)s.") % told


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
