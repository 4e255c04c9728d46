"""Whether reviewed figures are those that bodies gave: what stands must be what the last review said, or what a change
since then made of it. Reviews and changes are sealed; the figures follow from them, and so need no seal of their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluation.dossiers.models import Dossier, IndicatorScore, Review, ScoreChange
from learning.evidence.registries.seals import Fault

_CHUNK = 1000


@dataclass(frozen=True)
class Standing:
    """One indicator of a dossier. ``told`` is what the last review said of it, ``told_self`` of the person's own figure
    then; ``change`` is the last change since. None where there is none."""

    reviewed: Decimal | None
    self_points: Decimal | None
    told: Decimal | None
    told_self: Decimal | None
    change: Decimal | None
    is_decided: bool

    @property
    def is_given(self) -> bool:
        """Whether some body gave the figure: by a review, by a change, or by agreeing with the person."""
        if self.is_decided:
            return self.reviewed == self.told
        if self.reviewed is None or self.reviewed in (self.told, self.change):
            return True
        is_free = self.told is None or self.told_self != self.self_points
        return self.change is None and is_free and self.reviewed == self.self_points


def foreign_figures() -> Iterator[Fault]:
    """In all dossiers: figures that no body gave."""
    last = 0
    while chunk := list(Dossier.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_CHUNK]):
        for dossier, said in foreign_figures_of(chunk):
            yield f"dossier {dossier}", said
        last = chunk[-1]


def foreign_figures_of(dossiers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Three queries. The dossier, and in words which figure it is."""
    reviews = {row.dossier_id: row for row in Review.objects.filter(dossier__in=dossiers).order_by("at", "pk")}
    changes = _last_changes(dossiers, reviews)
    scores = IndicatorScore.objects.filter(dossier__in=dossiers).order_by("dossier", "indicator__number")
    columns = ("pk", "dossier", "dossier__state", "indicator__number", "self_points", "reviewed_points")
    for pk, dossier, state, number, own, reviewed in scores.values_list(*columns):
        review = reviews.get(dossier)
        told = review.figures.get(str(number), {}) if review else {}
        is_decided = state in (Dossier.State.RECOGNISED, Dossier.State.NOT_RECOGNISED)
        standing = Standing(
            reviewed, own, _points(told.get("reviewed")), _points(told.get("self")), changes.get(pk), is_decided
        )
        if not standing.is_given:
            yield dossier, f"indicator {number} stands at {reviewed}, which no body gave"


def _last_changes(dossiers: Iterable[int], reviews: dict[int, Review]) -> dict[int, Decimal]:
    """By score: what the last change since the dossier's last review made of it."""
    rows = ScoreChange.objects.filter(score__dossier__in=dossiers).order_by("at", "pk")
    return {
        score: after
        for score, dossier, after, at in rows.values_list("score", "score__dossier", "after", "at")
        if dossier not in reviews or at >= reviews[dossier].at
    }


def _points(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
