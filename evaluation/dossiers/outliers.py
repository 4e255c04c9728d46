"""What stands out among the units of a province, in six statements whatever the number of dossiers.

A figure that stands out is a question to ask, not a fault found: the page says so.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.db.models import Avg, Count, F, Q

from evaluation.dossiers.models import Dossier, IndicatorScore, Review
from interface.charts import ENOUGH, Spread, draw_spread
from membership.models import Unit, User
from membership.policy import Action, reach

FEW = 5  # below so many decided dossiers a rate says nothing
ALIKE = 3  # so many dossiers with the same scores and the same notes
COMMUNE_DEPTH = 2  # province, commune
HASTY = 30  # seconds, on average, for a decision
FAR = 2  # points of an indicator, on average, further above the evidence than half of the units are


@dataclass
class Standing:
    """One unit's year. Rates are None where there is nothing to divide by."""

    unit: Unit
    commune: str = ""
    decided: int = 0
    recognised: int = 0
    revoked: int = 0  # recognised once; the title was taken back since
    difference: Decimal | None = None  # own less reviewed, points on average for an indicator
    beyond: Decimal | None = None  # reviewed less suggested, points on average for an indicator
    alike: int = 0  # dossiers that share scores and notes with at least two others of the unit
    seconds: int | None = None  # on average for each decision at the unit's own body
    decisions: int = 0  # of which the seconds are known
    marks: list[str] = field(default_factory=list)

    @property
    def pass_rate(self) -> Decimal | None:
        return Decimal(100 * self.recognised) / self.decided if self.decided else None


def standing_out(user: User, year: int) -> list[Standing]:
    """Units within reach with dossiers of the year, those with most marks first. Six queries."""
    within = reach(user, Action.INSPECT, "unit__")
    counts = _counts(within, year)
    differences = _differences(reach(user, Action.INSPECT, "dossier__unit__"), year)
    alike = _alike(within, year)
    times = _times(within, year)
    units = Unit.objects.in_bulk({*counts, *times})
    found = [_standing(unit, counts, differences, alike, times) for unit in units.values()]
    communes = _communes(units.values())
    known = [row.beyond for row in found if row.beyond is not None and row.decided >= FEW]
    usual = median(known) if known else None
    for row in found:
        row.commune = communes.get(row.unit.path[: COMMUNE_DEPTH * Unit.steplen], "")
        row.marks = marks_of(row, usual)
    return sorted(found, key=lambda row: (-len(row.marks), row.unit.path))


def marks_of(row: Standing, usual: Decimal | None) -> list[str]:
    """Names of what stands out; the page has the words. ``usual`` is how far above the evidence half of the units go:
    nobody's learning is all on record, so that only who goes further than others stands out."""
    is_enough = row.decided >= FEW
    found = {
        "all_pass": is_enough and row.recognised + row.revoked == row.decided,
        "never_differs": is_enough and row.difference == 0,
        "beyond": is_enough and row.beyond is not None and usual is not None and row.beyond - usual >= FAR,
        "alike": row.alike >= ALIKE,
        "hasty": row.seconds is not None and row.decisions >= FEW and row.seconds < HASTY,
    }
    return [name for name, is_found in found.items() if is_found]


def spread_of(rows: Iterable[Standing]) -> Spread | None:
    """The units by how many of the decided they recognised; who decided a few is left out.

    None of so few units that the table is read faster.
    """
    known = [row for row in rows if row.decided >= FEW]
    if len(known) < ENOUGH:
        return None
    return draw_spread(Counter(Fraction(row.recognised, row.decided) for row in known))


def _standing(
    unit: Unit,
    counts: dict[int, tuple[int, int, int]],
    differences: dict[int, tuple[Decimal | None, Decimal | None]],
    alike: dict[int, int],
    times: dict[int, tuple[int, int]],
) -> Standing:
    decided, recognised, revoked = counts.get(unit.pk, (0, 0, 0))
    seconds, decisions = times.get(unit.pk, (None, 0))
    difference, beyond = differences.get(unit.pk, (None, None))
    return Standing(
        unit=unit,
        decided=decided,
        recognised=recognised,
        revoked=revoked,
        difference=difference,
        beyond=beyond,
        alike=alike.get(unit.pk, 0),
        seconds=seconds,
        decisions=decisions,
    )


def _communes(units: Iterable[Unit]) -> dict[str, str]:
    """Names by path: a chapter's own name says little."""
    paths = {unit.path[: COMMUNE_DEPTH * Unit.steplen] for unit in units if unit.depth > COMMUNE_DEPTH}
    return dict(Unit.objects.filter(path__in=paths).values_list("path", "name"))


def _counts(within: Q, year: int) -> dict[int, tuple[int, int, int]]:
    decided = Count("pk", filter=Q(decided_at__isnull=False))
    recognised = Count("pk", filter=Q(state=Dossier.State.RECOGNISED))
    revoked = Count("pk", filter=Q(state=Dossier.State.REVOKED))
    dossiers = Dossier.objects.counting().filter(within, year=year, submitted_at__isnull=False)
    rows = dossiers.values("unit").annotate(decided=decided, recognised=recognised, revoked=revoked)
    return {row["unit"]: (row["decided"], row["recognised"], row["revoked"]) for row in rows}


def _differences(within: Q, year: int) -> dict[int, tuple[Decimal | None, Decimal | None]]:
    """By unit, on average for an indicator: own less reviewed, and reviewed less suggested."""
    scores = IndicatorScore.objects.filter(within, dossier__year=year, reviewed_points__isnull=False).order_by()
    differs = Avg(F("self_points") - F("reviewed_points"))
    beyond = Avg(F("reviewed_points") - F("suggested_points"))
    rows = scores.values("dossier__unit").annotate(differs=differs, beyond=beyond)
    return {row["dossier__unit"]: (_rounded(row["differs"]), _rounded(row["beyond"])) for row in rows}


def _rounded(mean: Decimal | float | None) -> Decimal | None:
    return None if mean is None else Decimal(str(round(mean, 2)))


def _alike(within: Q, year: int) -> dict[int, int]:
    dossiers = Dossier.objects.counting().filter(within, year=year, submitted_at__isnull=False)
    groups = dossiers.exclude(fingerprint="").values("unit", "fingerprint").annotate(number=Count("pk"))
    found: dict[int, int] = {}
    for row in groups.filter(number__gte=ALIKE):
        found[row["unit"]] = found.get(row["unit"], 0) + row["number"]
    return found


def _times(within: Q, year: int) -> dict[int, tuple[int, int]]:
    reviews = Review.objects.filter(within, dossier__year=year, seconds__isnull=False)
    rows = reviews.order_by().values("unit").annotate(mean=Avg("seconds"), number=Count("pk"))
    return {row["unit"]: (round(row["mean"]), row["number"]) for row in rows}
