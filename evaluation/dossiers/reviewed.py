"""Whether reviewed figures are those that bodies gave: what stands must be what the last review said, or what a change
since then made of it. Reviews and changes are sealed; the figures follow from them, and so need no seal of their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluation.dossiers.models import Dossier, IndicatorScore, Review, ScoreChange
from learning.evidence.registries.seals import Fault, key_chunks

_CHUNK = 1000


@dataclass(frozen=True)
class Change:
    """The last one since the last review; ``is_at_once``: at the very moment of it, so that either may be the later.
    ``after`` is None where the figure was taken back."""

    after: Decimal | None
    is_at_once: bool


@dataclass(frozen=True)
class Standing:
    """One indicator of a dossier. ``told`` is what the last review said of it, ``told_self`` of the person's own figure
    then; None where there is none."""

    reviewed: Decimal | None
    self_points: Decimal | None
    told: Decimal | None
    told_self: Decimal | None
    change: Change | None
    is_decided: bool

    @property
    def is_given(self) -> bool:
        """Whether some body gave the figure: by a review, by a change, or by agreeing with the person."""
        if self.is_decided:
            return self.reviewed == self.told
        if self.reviewed is None:
            return True
        told_holds = self.change is None or self.change.is_at_once
        was_opened = self.told is None or self.told_self != self.self_points
        given = {self.change.after} if self.change else set()
        given |= {self.told} if told_holds else set()
        if (told_holds and was_opened) or (self.change and self.change.after is None):
            given.add(self.self_points)
        return self.reviewed in given


def foreign_figures() -> Iterator[Fault]:
    """In all dossiers: figures that no body gave."""
    for chunk in key_chunks(Dossier.objects.all(), _CHUNK):
        for dossier, said in foreign_figures_of(chunk):
            yield Fault(f"dossier {dossier}", said)


def foreign_figures_of(dossiers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Three queries. The dossier, and in words which figure it is. Reviews that kept no figures yet say nothing."""
    reviews = {row.dossier_id: row for row in Review.objects.filter(dossier__in=dossiers).order_by("at", "pk")}
    changes = _last_changes(dossiers, reviews)
    rows = IndicatorScore.objects.filter(dossier__in=dossiers).select_related("dossier", "indicator")
    for score in rows.defer("dossier__frozen", "suggested_trace", "self_note").order_by("dossier", "indicator__number"):
        review, number = reviews.get(score.dossier_id), score.indicator.number
        if review is not None and not review.figures:
            continue
        told = review.figures.get(str(number), {}) if review else {}
        standing = Standing(
            score.reviewed_points,
            score.self_points,
            _points(told.get("reviewed")),
            _points(told.get("self")),
            changes.get(score.pk),
            score.dossier.is_decided,
        )
        if not standing.is_given:
            yield score.dossier_id, f"indicator {number} stands at {score.reviewed_points}, which no body gave"


def _last_changes(dossiers: Iterable[int], reviews: dict[int, Review]) -> dict[int, Change]:
    """By score, since the dossier's last review."""
    rows = ScoreChange.objects.filter(score__dossier__in=dossiers).order_by("at", "pk")
    found = {}
    for score, dossier, after, at in rows.values_list("score", "score__dossier", "after", "at"):
        reviewed_at = reviews[dossier].at if dossier in reviews else None
        if reviewed_at is None or at >= reviewed_at:
            found[score] = Change(after, at == reviewed_at)
    return found


def _points(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
