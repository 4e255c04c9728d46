"""What to do first after the self-check: where points come cheapest, each with where it leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluation.criteria.models import Indicator
from evaluation.criteria.scoring import Rule
from evaluation.criteria.teaching import Taught, Wish

_SHOWN = 3
_MINUTES = 60  # where nobody says how long it takes


@dataclass(frozen=True)
class Gain:
    """``points`` more on an indicator, by something that one can begin now, or, without ``offer``, by living as the
    next higher score describes it in ``text``."""

    indicator: Indicator
    points: Decimal
    is_below_floor: bool
    offer: Taught | None = None
    text: str = ""

    @property
    def cost(self) -> tuple[bool, bool, Decimal]:
        """What falls short of the floor comes first: without it no total helps."""
        minutes = (self.offer.minutes if self.offer else 0) or _MINUTES
        return not self.is_below_floor, self.offer is None, minutes / self.points


def cheapest(
    indicators: Iterable[Indicator],
    points: Mapping[int, Decimal | None],
    floor: Decimal,
    rules: Sequence[Rule],
    taught: Sequence[Taught],
) -> list[Gain]:
    """Three at most, each on another indicator and by another thing to learn."""
    found: list[Gain] = []
    for gain in sorted(_all(indicators, points, floor, rules, taught), key=lambda gain: gain.cost):
        is_new = gain.indicator not in [other.indicator for other in found]
        if is_new and (gain.offer is None or gain.offer not in [other.offer for other in found]):
            found.append(gain)
    return found[:_SHOWN]


def _all(
    indicators: Iterable[Indicator],
    points: Mapping[int, Decimal | None],
    floor: Decimal,
    rules: Sequence[Rule],
    taught: Sequence[Taught],
) -> Iterable[Gain]:
    for indicator in indicators:
        own = points.get(indicator.number)
        if own is None or own >= indicator.maximum:
            continue
        room, is_below = indicator.maximum - own, own < floor
        for rule in rules:
            if rule.indicator == indicator.number:
                wish = Wish.of(rule)
                yield from (
                    Gain(indicator, min(rule.points, room), is_below, one) for one in taught if wish.is_met_by(one)
                )
        higher = [anchor for anchor in indicator.anchors.all() if anchor.points > own]
        if higher:
            yield Gain(indicator, higher[0].points - own, is_below, text=higher[0].text)
