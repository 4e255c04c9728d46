"""What a body's vote on a dossier comes to. Pure: the rule stands on the body's step of the chain."""

from dataclasses import dataclass

from evaluation.dossiers.models import MeetingLine, ReviewStep

Result = MeetingLine.Result
HALF = 50


@dataclass(frozen=True)
class Vote:
    """As the minutes have it: of those present who may judge the dossier, all others voted for."""

    against: int = 0
    abstained: int = 0
    chair_is_for: bool | None = None


def result_of(step: ReviewStep, judges: int, vote: Vote) -> Result:
    """``judges`` were present and may judge the dossier; who abstained counts among them, and not as agreeing."""
    if judges < step.quorum:
        return Result.SHORT
    if not step.decides_by_vote:
        return Result.NOTED
    agreed = judges - vote.against - vote.abstained
    has_share = step.majority_percent is None or 100 * agreed > step.majority_percent * judges
    if is_tied(step, judges, vote):
        has_share = step.tie == step.Tie.CARRIED or (step.tie == step.Tie.CHAIR and vote.chair_is_for is True)
    return Result.CARRIED if has_share and agreed >= step.majority_votes else Result.LOST


def is_tied(step: ReviewStep, judges: int, vote: Vote) -> bool:
    """Equal votes, where half of them could be enough: against a majority of two thirds equal votes are too few."""
    is_half_enough = step.majority_percent is not None and step.majority_percent <= HALF
    return is_half_enough and 0 < vote.against == judges - vote.against - vote.abstained
