"""What a body's vote on a dossier comes to. Pure: the rule stands on the body's step of the chain."""

from dataclasses import dataclass

from evaluation.dossiers.models import MeetingLine, ReviewStep

Result = MeetingLine.Result
HALF = 50


@dataclass(frozen=True)
class Vote:
    """As the minutes have it: of those present who may judge the dossier, all others voted for. ``remark`` is what the
    minutes say of this dossier."""

    against: int = 0
    abstained: int = 0
    chair_is_for: bool | None = None
    remark: str = ""


def result_of(step: ReviewStep, judges: int, vote: Vote, invited: int = 0) -> Result:
    """``judges`` were present, of those ``invited`` who may judge the dossier; who abstained counts among them, and not
    as agreeing."""
    if judges < max(step.quorum, share_of(step, invited), 1):
        return Result.SHORT
    if not step.decides_by_vote:
        return Result.NOTED
    agreed = judges - vote.against - vote.abstained
    has_share = step.majority_percent is None or 100 * agreed > step.majority_percent * judges
    if is_tied(step, judges, vote):
        has_share = step.tie == step.Tie.CARRIED or (step.tie == step.Tie.CHAIR and vote.chair_is_for is True)
    return Result.CARRIED if has_share and agreed >= step.majority_votes else Result.LOST


def is_tied(step: ReviewStep, judges: int, vote: Vote) -> bool:
    """Half of all who judge are for and half against, where one more would be enough: against a majority of two thirds
    equal votes are too few, and who abstained leaves those for below half."""
    return step.majority_percent == HALF and vote.abstained == 0 and 2 * vote.against == judges > 0


def share_of(step: ReviewStep, invited: int) -> int:
    """How many of those invited the body's quorum in percent asks for, rounded up."""
    return -(-step.quorum_percent * invited // 100)
