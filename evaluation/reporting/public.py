"""What everyone may read: totals of the province, and how many people hold the title in each commune.

Small numbers could point at somebody: 1 to 4 read "under 5", and where a single commune would follow from the total,
the next smallest is kept back with it.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.recognition.models import Title
from evaluation.reporting.figures import Cutoff, Figure, cutoff, figures
from membership.models import Unit, UnitKind
from membership.succession import Map, map_of

SMALLEST_SHOWN = 5
YEARS_SHOWN = 3


@dataclass(frozen=True)
class Shown:
    """A number fit to be published: itself, "under 5", or kept back."""

    number: int | None
    is_small: bool = False

    @property
    def is_kept_back(self) -> bool:
        return self.number is None and not self.is_small


@dataclass(frozen=True)
class CommuneRow:
    name: str
    cells: list[tuple[int, Shown]]  # year and number


@dataclass(frozen=True)
class Results:
    province: str
    years: list[int]
    cutoff: Cutoff
    figures: list[Figure]
    totals: list[tuple[int, Shown]]
    communes: list[CommuneRow]
    without_titles: list[str]

    @property
    def ranked(self) -> list[tuple[str, Shown]]:
        """The communes with titles in the latest year, the most first; small numbers and those kept back last."""
        latest = [(row.name, row.cells[0][1]) for row in self.communes]
        shown = [(name, number) for name, number in latest if number != Shown(0)]
        return sorted(shown, key=lambda one: (-(one[1].number or 0), one[1].is_kept_back))

    @property
    def largest(self) -> int:
        return max((number.number or 0 for _name, number in self.ranked), default=0)


def public_results(today: datetime.date) -> Results | None:
    """By today's map: titles of communes that are no more stand where those live on. None before there is a province.
    Eight queries.
    """
    province = Unit.objects.on(today).filter(kind=UnitKind.PROVINCE).first()
    if province is None:
        return None
    by = map_of(today)
    whole = Unit(path=by.holding_all_of(province.path))
    years = _years(whole, today)
    counts = _counts(whole, years, by, province)
    communes = Unit.objects.on(today).below(province).filter(kind=UnitKind.COMMUNE).order_by("folded_name", "path")
    by_year = {year: suppress(_parts(counts[year], [unit.path for unit in communes])) for year in years}
    rows = [CommuneRow(unit.name, [(year, by_year[year][unit.path]) for year in years]) for unit in communes]
    return Results(
        province=province.name,
        years=years,
        cutoff=cutoff(years[0], today),
        figures=[figure for figure in figures(province, years[0], today, by) if is_publishable(figure)],
        totals=[(year, _shown(sum(counts[year].values()))) for year in years],
        communes=[row for row in rows if not _is_empty(row)],
        without_titles=[row.name for row in rows if _is_empty(row)],
    )


def suppress(counts: Mapping[str, int]) -> dict[str, Shown]:
    """Pure. A lone small number would follow from the total, so one more is kept back with it."""
    shown = {key: _shown(count) for key, count in counts.items()}
    small = [key for key, number in shown.items() if number.is_small]
    others = sorted((count, key) for key, count in counts.items() if count >= SMALLEST_SHOWN)
    if len(small) == 1 and others:
        shown[others[0][1]] = Shown(None)
    return shown


def is_publishable(figure: Figure) -> bool:
    """Neither the counted people nor the rest of the denominator is a handful."""
    rest = (figure.denominator or 0) - figure.numerator
    return not (0 < figure.numerator < SMALLEST_SHOWN or 0 < rest < SMALLEST_SHOWN)


def _shown(count: int) -> Shown:
    return Shown(None, is_small=True) if 0 < count < SMALLEST_SHOWN else Shown(count)


def _is_empty(row: CommuneRow) -> bool:
    return all(number == Shown(0) for _year, number in row.cells)


def _years(province: Unit, today: datetime.date) -> list[int]:
    """The latest years with titles, the newest first; this year where there are none."""
    titled = Title.objects.standing().filter(unit__path__startswith=province.path)
    years = titled.order_by("-year").values_list("year", flat=True).distinct()[:YEARS_SHOWN]
    return list(years) or [today.year]


def _counts(whole: Unit, years: list[int], by: Map, province: Unit) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {year: {} for year in years}
    for year, path, number in Title.objects.count_by_unit(whole, years):
        home = by.home(path)
        if home.startswith(province.path):
            counts[year][home] = counts[year].get(home, 0) + number
    return counts


def _parts(counts: Mapping[str, int], communes: list[str]) -> dict[str, int]:
    """Of the total, by commune; under no path those of no commune, as of one that was split: with all others shown,
    they would follow from the total too."""
    found = {path: _at(counts, path) for path in communes}
    return {**found, "": sum(counts.values()) - sum(found.values())}


def _at(counts: Mapping[str, int], path: str) -> int:
    return sum(number for place, number in counts.items() if place.startswith(path))
