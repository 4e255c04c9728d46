"""What a body does: gives its figures with reasons, agrees, forwards, returns."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers import notices
from evaluation.dossiers.actions.guards import (
    RefusedError,
    StaleError,
    body_of,
    follow,
    locked,
    refusals_noted,
    require_points,
    require_ready,
    require_turn,
    score_of,
)
from evaluation.dossiers.bodies import unit_of_step
from evaluation.dossiers.models import Dossier, IndicatorScore, Review, ReviewStep, ScoreChange
from evaluation.dossiers.seals import CHANGE, REVIEW
from interface.vietnamese import nfc
from learning.evidence.actions import await_sealing
from membership.models import User


@dataclass(frozen=True)
class ReviewEntry:
    """A body's figure for one indicator; without points the one that stands is taken back. ``seen`` is the reviewed
    figure on the page it was written on."""

    indicator_number: int
    points: Decimal | None
    reason: str = ""
    seen: Decimal | None = None


class ReviewRefusedError(RefusedError):
    """Nothing was saved; ``by_indicator`` says what is wrong where."""

    def __init__(self, by_indicator: dict[int, RefusedError]) -> None:
        super().__init__(_("Nothing was saved: look at the marked indicators."))
        self.by_indicator = by_indicator


@refusals_noted
def review_score(
    *, dossier: Dossier, indicator_number: int, points: Decimal, reason: str, by: User, at: datetime.datetime
) -> IndicatorScore:
    """The body's figure. A reason is required where it differs from the one that stands: the person's own, or an
    earlier body's. Idempotent: the figure that stands changes nothing."""
    current = locked(dossier)
    require_turn(current, by, at)
    return _review(current, score_of(current, indicator_number), points, reason, by, at)


@refusals_noted
def save_review(*, dossier: Dossier, entries: Iterable[ReviewEntry], by: User, at: datetime.datetime) -> Dossier:
    """Several figures at once, all or none. Raises ReviewRefusedError with what is wrong where: a reason is missing, or
    someone else changed the figure since the page was opened."""
    current = locked(dossier)
    require_turn(current, by, at)
    refused: dict[int, RefusedError] = {}
    handed_on = _handed_on(current)
    for entry in entries:
        score = score_of(current, entry.indicator_number)
        try:
            _require_unchanged(score, entry)
            if entry.points is None:
                _require_reason(score, handed_on, entry.reason)
                _take_back(current, score, entry.reason, by, at)
            else:
                _review(current, score, entry.points, entry.reason, by, at)
        except RefusedError as refusal:
            refused[entry.indicator_number] = refusal
    if refused:
        raise ReviewRefusedError(refused)
    return current


@refusals_noted
def accept_own_scores(*, dossier: Dossier, by: User, at: datetime.datetime, reason: str = "") -> Dossier:
    """Agrees with the person's own score wherever no body has given a figure yet. Those so far from what evidence
    suggests that the body has to say why are taken with the reason alone, and wait without one. Idempotent."""
    current = locked(dossier)
    require_turn(current, by, at)
    agreeing = IndicatorScore.objects.filter(dossier=current, reviewed_points=None)
    limit = current.current_step.reason_over if current.current_step else None
    if limit is not None:
        far = Q(self_points__gt=F("suggested_points") + limit) | Q(self_points__lt=F("suggested_points") - limit)
        for score in agreeing.filter(far).select_related("indicator") if reason.strip() else ():
            _review(current, score, score.self_points or Decimal(0), reason, by, at)
        agreeing = agreeing.exclude(far & Q(suggested_points__isnull=False))
    count = agreeing.update(reviewed_points=F("self_points"))
    if count:
        log(instance=current, action="dossiers.accept", user=by, data={"step": current.current_step_id})
    return current


@refusals_noted
def forward(
    *, dossier: Dossier, by: User, at: datetime.datetime, reason: str = "", seconds: int | None = None
) -> Dossier:
    """To the next body, once nothing stands against it: figures, evidence, the body's meeting and its vote. ``seconds``
    is what looking at it took, where that is known."""
    current = locked(dossier)
    require_turn(current, by, at)
    following = _following(current)
    if following is None:
        raise RefusedError(_("This body recognises: it puts the dossier on a decision, or refuses it."))
    met_in = require_ready(current).met_in
    review = note_review(current, Review.Outcome.FORWARDED, reason, by, at, seconds, met_in)
    current.current_step = following
    current.current_unit = unit_of_step(following, current.unit)
    current.save(update_fields=["current_step", "current_unit"])
    log(instance=current, action="dossiers.forward", user=by, data={"step": following.pk})
    notices.forwarded(dossier=current, review=review, at=at)
    follow(dossier, current)
    return current


@refusals_noted
def return_to_person(
    *, dossier: Dossier, reason: str, by: User, at: datetime.datetime, seconds: int | None = None
) -> Dossier:
    """Back to the person, who reads the reason and may submit again."""
    current = locked(dossier)
    require_turn(current, by, at)
    if not reason.strip():
        raise RefusedError(_("Say what the person has to complete."))
    step = current.current_step_id
    review = note_review(current, Review.Outcome.RETURNED, reason, by, at, seconds)
    current.state, current.current_step, current.current_unit = Dossier.State.RETURNED, None, None
    current.save(update_fields=["state", "current_step", "current_unit"])
    log(instance=current, action="dossiers.return", user=by, data={"step": step})
    notices.returned(dossier=current, review=review, at=at)
    follow(dossier, current)
    return current


def note_review(
    dossier: Dossier,
    outcome: Review.Outcome,
    reason: str,
    by: User,
    at: datetime.datetime,
    seconds: int | None = None,
    met_in: int | None = None,
) -> Review:
    """What the body did, with the figures of that moment; ``met_in`` is the key of the meeting that it did it in."""
    step, unit = body_of(dossier)
    figures = figures_of(IndicatorScore.objects.filter(dossier=dossier).select_related("indicator"))
    review = Review.objects.create(
        dossier=dossier,
        step_id=step,
        unit_id=unit,
        by=by,
        outcome=outcome,
        reason=nfc(reason),
        figures=figures,
        meeting_id=met_in,
        seconds=seconds,
        at=at,
    )
    await_sealing(kind=REVIEW.key, rows=[review.pk], at=at)
    return review


def figures_of(scores: Iterable[IndicatorScore]) -> dict[str, dict[str, str | None]]:
    """Own and reviewed scores as text, by indicator number."""
    return {
        str(score.indicator.number): {"self": _text(score.self_points), "reviewed": _text(score.reviewed_points)}
        for score in scores
    }


def _review(
    dossier: Dossier, score: IndicatorScore, points: Decimal, reason: str, by: User, at: datetime.datetime
) -> IndicatorScore:
    require_points(points, score.indicator, dossier.criteria_set.step)
    standing = score.self_points if score.reviewed_points is None else score.reviewed_points
    if points != standing or (
        is_far_from_suggestion(score, points, dossier.current_step) and not _is_told(score, points)
    ):
        if not reason.strip():
            raise RefusedError(_("Say why you give %(points)s here.") % {"points": points.normalize()})
        step, _unit = body_of(dossier)
        change = ScoreChange.objects.create(
            score=score,
            step_id=step,
            by=by,
            before=standing,
            after=points,
            reason=nfc(reason),
            at=at,
        )
        await_sealing(kind=CHANGE.key, rows=[change.pk], at=at)
    if score.reviewed_points != points:
        score.reviewed_points = points
        score.save(update_fields=["reviewed_points"])
        data = {"indicator": score.indicator.number, "step": dossier.current_step_id}
        log(instance=dossier, action="dossiers.review", user=by, data=data)
    return score


def _take_back(dossier: Dossier, score: IndicatorScore, reason: str, by: User, at: datetime.datetime) -> None:
    """The indicator is not reviewed any more; that it was, and how, stays as a change. Nothing to take back: nothing
    happens."""
    if score.reviewed_points is None:
        return
    step, _unit = body_of(dossier)
    changed = {"before": score.reviewed_points, "after": None, "reason": nfc(reason)}
    change = ScoreChange.objects.create(score=score, step_id=step, by=by, at=at, **changed)
    await_sealing(kind=CHANGE.key, rows=[change.pk], at=at)
    score.reviewed_points = None
    score.save(update_fields=["reviewed_points"])
    data = {"indicator": score.indicator.number, "step": dossier.current_step_id}
    log(instance=dossier, action="dossiers.take_back", user=by, data=data)


def _handed_on(dossier: Dossier) -> dict[str, dict[str, str | None]]:
    """The figures with which another body let go of the dossier last; none where this body itself did."""
    last = dossier.reviews.select_related("step").last()
    here = dossier.current_step
    if last is None or here is None:
        return {}
    is_own = (last.step.role, last.unit_id) == (here.role, dossier.current_unit_id)
    return {} if is_own else last.figures


def _require_reason(score: IndicatorScore, handed_on: dict[str, dict[str, str | None]], reason: str) -> None:
    """What another body gave is not taken back without one."""
    before = handed_on.get(str(score.indicator.number), {}).get("reviewed")
    if before is not None and before == _text(score.reviewed_points) and not reason.strip():
        raise RefusedError(_("A body before yours gave this score: say why you take it back."))


def is_far_from_suggestion(score: IndicatorScore, points: Decimal, step: ReviewStep | None) -> bool:
    """Beyond what the body may differ from the evidence without a reason; without such a limit nothing is far."""
    if step is None or step.reason_over is None or score.suggested_points is None:
        return False
    return abs(points - score.suggested_points) > step.reason_over


def _is_told(score: IndicatorScore, points: Decimal) -> bool:
    """Whether some body has given this very figure with its reason."""
    return score.changes.filter(after=points).exclude(reason="").exists()


def _require_unchanged(score: IndicatorScore, entry: ReviewEntry) -> None:
    if score.reviewed_points not in (entry.seen, entry.points):
        raise StaleError(_("Someone else has changed this score since you opened the page. Check it and save again."))


def _following(dossier: Dossier) -> ReviewStep | None:
    here = dossier.current_step
    if here is None or here.recognises:
        return None
    return ReviewStep.objects.filter(chain=dossier.chain_id, order__gt=here.order).order_by("order").first()


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)
