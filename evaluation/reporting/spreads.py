"""How the units beneath one stand, figure by figure. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluation.reporting.figures import Figure, Row
from interface.charts import ENOUGH, Spread, draw_spread


@dataclass(frozen=True)
class UnitSpread:
    """``figure``: of all the units together, with the goal; ``reached``: how many units have reached that."""

    figure: Figure
    spread: Spread
    reached: int


def spreads_of(figures: Sequence[Figure], rows: Sequence[Row]) -> list[UnitSpread]:
    """Of the figures whose shares are known of enough units; shares beyond the whole stand at its end."""
    found = []
    for place, figure in enumerate(figures):
        beneath = [row.figures[place] for row in rows if row.unit]
        known = [one for one in beneath if one.denominator]
        if len(known) >= ENOUGH:
            shares = Counter(Fraction(one.numerator, one.denominator or 1) for one in known)
            spread = draw_spread(shares, figure.percent_goal)
            found.append(UnitSpread(figure, spread, sum(one.is_reached for one in known)))
    return found
