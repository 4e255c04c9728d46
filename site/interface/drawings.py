"""The geometry of what templates draw as SVG: the strip of ten indicators, and bars against a goal.

Pure: numbers in, positions out. Units are those of the drawing's view box, y grows downwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

Points = Decimal | float | int | None

_TOP, _BOTTOM = 9.0, 99.0
_HEIGHT = _BOTTOM - _TOP
_BAR_WIDTH = 100.0


@dataclass(frozen=True)
class Cell:
    """One indicator as pages hand it over; the three figures stand side by side and never mix."""

    number: int
    name: str = ""
    self: Points = None
    suggested: Points = None
    reviewed: Points = None
    maximum: Points = 10
    floor: Points = 5


@dataclass(frozen=True)
class Mark:
    """One figure in its cell: a column from ``y`` down to the ground, or a stroke where there is none."""

    value: Points
    y: float
    height: float

    @property
    def is_missing(self) -> bool:
        return self.value is None

    @property
    def cap(self) -> float:
        """Where the lozenge on top of a reviewed column has its middle."""
        return self.y + 5


@dataclass(frozen=True)
class DrawnCell:
    cell: Cell
    own: Mark
    suggested: Mark
    reviewed: Mark
    floor_y: float
    rules: tuple[float, ...]
    standing: Points
    is_below_floor: bool


@dataclass(frozen=True)
class Strip:
    cells: tuple[DrawnCell, ...]
    own_total: Points
    suggested_total: Points
    reviewed_total: Points
    maximum: Points
    floor: Points
    below: tuple[int, ...]


def draw_strip(cells: list[Cell]) -> Strip:
    drawn = tuple(_draw_cell(cell) for cell in cells)
    return Strip(
        cells=drawn,
        own_total=_total(cell.self for cell in cells),
        suggested_total=_total(cell.suggested for cell in cells),
        reviewed_total=_total(cell.reviewed for cell in cells),
        maximum=_total(cell.maximum for cell in cells),
        floor=cells[0].floor if cells else None,
        below=tuple(cell.cell.number for cell in drawn if cell.is_below_floor),
    )


def _draw_cell(cell: Cell) -> DrawnCell:
    maximum = float(cell.maximum or 10)
    standing = cell.reviewed if cell.reviewed is not None else cell.self
    return DrawnCell(
        cell=cell,
        own=_mark(cell.self, maximum),
        suggested=_mark(cell.suggested, maximum),
        reviewed=_mark(cell.reviewed, maximum),
        floor_y=_y(float(cell.floor or 0), maximum),
        rules=tuple(_y(maximum * part / 5, maximum) for part in range(1, 5)),
        standing=standing,
        is_below_floor=standing is not None and cell.floor is not None and standing < cell.floor,
    )


def _mark(value: Points, maximum: float) -> Mark:
    y = _y(float(value or 0), maximum)
    return Mark(value=value, y=y, height=round(_BOTTOM - y, 1))


def _y(value: float, maximum: float) -> float:
    return round(_BOTTOM - min(max(value / maximum, 0), 1) * _HEIGHT, 1)


def _total(values: Iterable[Points]) -> Points:
    """The sum of what is there; nothing when nothing is."""
    present = [Decimal(str(value)) for value in values if value is not None]
    return sum(present, Decimal(0)) if present else None


@dataclass(frozen=True)
class Bar:
    """A share of a whole, and the goal it is measured against; both in the bar's hundred units."""

    value: Points
    width: float
    goal: Points
    goal_x: float | None


def draw_bar(value: Points, maximum: Points, goal: Points) -> Bar:
    whole = float(maximum or 0)
    return Bar(
        value=value,
        width=_share(value, whole),
        goal=goal,
        goal_x=None if goal is None else _share(goal, whole),
    )


def _share(value: Points, whole: float) -> float:
    return round(min(max(float(value or 0) / whole, 0), 1) * _BAR_WIDTH, 1) if whole else 0.0
