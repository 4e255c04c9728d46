"""The geometry of charts: how far many come, how results spread, how things stand by two measures.

Pure: numbers in, positions out, in hundredths of the drawing's width and height, y growing downwards. So a drawing is
as wide as its page, and the words in it keep their size on a phone and on a desktop.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

ENOUGH = 3  # things that spread; fewer are read faster in the table

_TOP, _GROUND = 20.0, 88.0  # room for a number above the tallest column, and for the scale beneath the ground
_CEILING = 4.0
_LEFT, _RIGHT = 6.0, 93.0
_GAP = 0.15  # of a column's width
_PARTS = 10
_APART = 8.0  # hundredths between the middles of two points, so that each can be read and pressed
_CROWD = 40  # points; beyond, they are small and bear no number


@dataclass(frozen=True)
class Stage:
    """How many of all came so far."""

    label: str
    count: int
    of: int
    note: str = ""

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.of) if self.of else 0


@dataclass(frozen=True)
class Column:
    """How many lie from ``start`` on and below ``end``; the last column holds its end too."""

    start: int
    end: int
    is_last: bool
    count: int
    x: float
    width: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def range(self) -> str:
        return f"{self.start}–{self.end if self.is_last else self.end - 1}"


@dataclass(frozen=True)
class Spread:
    columns: tuple[Column, ...]
    mark: int | None
    mark_x: float | None
    ticks: tuple[tuple[int, float], ...]

    @property
    def total(self) -> int:
        return sum(column.count for column in self.columns)

    @property
    def fullest(self) -> Column | None:
        """Where most lie; None where several columns hold as many."""
        most = max(column.count for column in self.columns)
        found = [column for column in self.columns if column.count == most]
        return found[0] if len(found) == 1 else None

    @property
    def is_numbered(self) -> bool:
        """Whether the number above each column has room on a phone."""
        return all(column.count < 1000 for column in self.columns)

    @property
    def is_mark_late(self) -> bool:
        """Whether the words at the mark stand before it, since there is no room behind."""
        return self.mark_x is not None and self.mark_x > 50


def draw_spread(counts: Mapping[Fraction, int], mark: int | None = None) -> Spread:
    """``counts``: how often each share of a whole occurs, from 0 to 1; ``mark`` in percent."""
    heights = [0] * _PARTS
    for share, count in counts.items():
        heights[min(max(floor(share * _PARTS), 0), _PARTS - 1)] += count
    largest = max(heights) or 1
    return Spread(
        columns=tuple(_column(place, count, largest) for place, count in enumerate(heights)),
        mark=mark,
        mark_x=None if mark is None else _across(mark / 100),
        ticks=tuple((percent, _across(percent / 100)) for percent in (0, 50, 100)),
    )


def _column(place: int, count: int, largest: int) -> Column:
    whole = (_RIGHT - _LEFT) / _PARTS
    height = round((_GROUND - _TOP) * count / largest, 2)
    return Column(
        start=place * 100 // _PARTS,
        end=(place + 1) * 100 // _PARTS,
        is_last=place == _PARTS - 1,
        count=count,
        x=round(_LEFT + place * whole + whole * _GAP / 2, 2),
        width=round(whole * (1 - _GAP), 2),
        y=round(_GROUND - height, 2),
        height=height,
    )


@dataclass(frozen=True)
class Point:
    """One thing by two measures, ``across`` from 0 to 1, ``up`` from -1 to 1; ``address``: where its row stands."""

    number: int
    label: str
    address: str
    across: float
    up: float
    is_marked: bool = False


@dataclass(frozen=True)
class DrawnPoint:
    point: Point
    x: float
    y: float


@dataclass(frozen=True)
class Field:
    points: tuple[DrawnPoint, ...]
    columns: tuple[tuple[int, float], ...]  # of the scale across, in percent
    lines: tuple[tuple[float, float], ...]  # of the scale upwards
    mark_y: float
    is_crowded: bool


def draw_field(points: Sequence[Point], mark: float) -> Field:
    """Points that would lie on each other move apart sideways: what stands at one place are still several things.

    The field goes down as far as there are points, so that its upper half, where most lie, has room.
    """
    lowest = -1.0 if any(point.up < -0.5 for point in points) else -0.5
    is_crowded = len(points) > _CROWD
    drawn: list[DrawnPoint] = []
    for point in points:
        x, y = _across(min(max(point.across, 0), 1)), _up(point.up, lowest)
        drawn.append(DrawnPoint(point, x if is_crowded else _free(x, y, drawn), y))
    return Field(
        points=tuple(drawn),
        columns=tuple((percent, _across(percent / 100)) for percent in (0, 25, 50, 75, 100)),
        lines=tuple((value, _up(value, lowest)) for value in (1.0, 0.5, 0.0, -0.5, -1.0) if value >= lowest),
        mark_y=_up(mark, lowest),
        is_crowded=is_crowded,
    )


def _free(x: float, y: float, taken: Iterable[DrawnPoint]) -> float:
    """The place nearest to x that no other point holds."""
    near = [other.x for other in taken if abs(other.y - y) < _APART]
    shifts = (step * side for step in range(1, 200) for side in (-0.5, 0.5))
    for place in (x, *(x + shift for shift in shifts)):
        if _LEFT <= place <= _RIGHT and all(abs(other - place) >= _APART for other in near):
            return round(place, 2)
    return x


def _across(share: float) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * share, 2)


def _up(value: float, lowest: float) -> float:
    return round(_GROUND - (_GROUND - _CEILING) * (min(max(value, lowest), 1) - lowest) / (1 - lowest), 2)
