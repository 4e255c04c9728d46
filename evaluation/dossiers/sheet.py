"""A dossier as its pages show it: a row for each indicator, the strip, and the bodies it passes. No queries of its
own: the dossier comes from ``for_review()`` or ``for_own_page()``."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from evaluation.criteria.explanation import sentences
from evaluation.criteria.models import Indicator
from evaluation.dossiers.models import Dossier, IndicatorScore, Review, ReviewStep, ScoreChange
from learning.evidence.models import Evidence


@dataclass
class Row:
    """One indicator with its three figures and what stands behind each."""

    score: IndicatorScore
    why: list[str]
    evidence: list[tuple[Evidence, str]] = field(default_factory=list)
    changes: list[ScoreChange] = field(default_factory=list)
    form: Any = None
    url: str = ""

    @property
    def indicator(self) -> Indicator:
        return self.score.indicator

    @property
    def number(self) -> int:
        return self.score.indicator.number


@dataclass(frozen=True)
class Station:
    """One body on the way: what it last did, and whether the dossier is there now."""

    step: ReviewStep
    is_current: bool
    is_done: bool
    review: Review | None
    due_on: datetime.date | None = None


def rows_of(dossier: Dossier, *, is_reviewing: bool = False) -> list[Row]:
    return [_row(score, is_reviewing) for score in dossier.scores.all()]


def strip_cells(dossier: Dossier) -> list[dict[str, Any]]:
    """For the strip of ten cells."""
    return [
        {
            "number": score.indicator.number,
            "name": score.indicator.name,
            "self": score.self_points,
            "suggested": score.suggested_points,
            "reviewed": score.reviewed_points,
            "maximum": score.indicator.maximum,
            "floor": dossier.criteria_set.floor,
        }
        for score in dossier.scores.all()
    ]


def stations(dossier: Dossier) -> list[Station]:
    """The chain's bodies in order; what a body did before the dossier was returned counts no more."""
    steps = list(dossier.chain.steps.all())
    latest = {review.step_id: review for review in _this_round(dossier.reviews.all())}
    return [
        Station(
            step=step,
            is_current=step.pk == dossier.current_step_id,
            is_done=step.pk in latest and step.pk != dossier.current_step_id,
            review=latest.get(step.pk),
            due_on=step.due_on(dossier.year),
        )
        for step in steps
    ]


def last_return(dossier: Dossier) -> Review | None:
    """The review that sent it back, while the person is completing it."""
    reviews = list(dossier.reviews.all())
    return reviews[-1] if reviews and dossier.state == Dossier.State.RETURNED else None


def problems(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """The rows whose form was refused, each with what was said."""
    refused = [row for row in rows if row.form is not None and row.form.is_bound and row.form.errors]
    return [(row, " ".join(text for said in row.form.errors.values() for text in said)) for row in refused]


def own_total(dossier: Dossier) -> Decimal:
    return sum((score.self_points for score in dossier.scores.all() if score.self_points is not None), Decimal(0))


def provenance(evidence: Evidence) -> str:
    """Where a fact comes from and who has checked it, in a sentence."""
    return _("From %(source)s; %(verification)s; entered %(entered)s.") % {
        "source": evidence.get_source_display(),
        "verification": evidence.get_verification_display(),
        "entered": evidence.get_entered_by_display(),
    }


def _row(score: IndicatorScore, is_reviewing: bool) -> Row:
    row = Row(
        score=score,
        why=sentences(score.suggested_trace, score.indicator.maximum),
        evidence=[(evidence, provenance(evidence)) for evidence in score.evidence.all()],
    )
    if is_reviewing:
        row.changes = list(score.changes.all())
    return row


def _this_round(reviews: Iterable[Review]) -> list[Review]:
    round_: list[Review] = []
    for review in reviews:
        round_ = [] if review.outcome == Review.Outcome.RETURNED else [*round_, review]
    return round_
