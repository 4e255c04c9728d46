"""Holds a claim against what the responses earn."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training_materials.packages.scoring.base import Params, Scored, UnverifiableError, reported
from training_materials.packages.scoring.registry import scorer_of

_EPSILON = 1e-6


class VerdictKind(StrEnum):
    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Verdict:
    """``score`` of ``maximum``: recomputed if verified, merely claimed if unverified, nothing if rejected."""

    kind: VerdictKind
    score: float | None = None
    maximum: float | None = None
    reason: str = ""

    @property
    def share(self) -> float | None:
        if self.score is None or not self.maximum:
            return None
        return min(1.0, max(0.0, self.score / self.maximum))


def judge(library: str, params: Params, data: Any) -> Verdict:
    """``data`` is what the content gave; never trusted, and never an error."""
    try:
        said = reported(data)
    except UnverifiableError as wrong:
        return Verdict(VerdictKind.UNVERIFIED, reason=str(wrong))
    scorer = scorer_of(library)
    try:
        if scorer is None:
            raise UnverifiableError(f"no scorer for {library}")
        earned = scorer(params, said)
    except UnverifiableError as wrong:
        return Verdict(VerdictKind.UNVERIFIED, *_plausible(said.claimed, said.claimed_maximum), reason=str(wrong))
    return _held_against(earned, said.claimed, said.claimed_maximum)


def _held_against(earned: Scored, claimed: float | None, claimed_maximum: float | None) -> Verdict:
    if not earned.maximum:
        return Verdict(VerdictKind.UNVERIFIED, reason="the content asks nothing")
    if claimed is not None and claimed > earned.score + _EPSILON:
        return Verdict(VerdictKind.REJECTED, reason=f"claims {claimed:g}, the responses earn {earned.score:g}")
    if claimed and claimed_maximum and claimed / claimed_maximum > earned.score / earned.maximum + _EPSILON:
        return Verdict(VerdictKind.REJECTED, reason="claims a larger share than the responses earn")
    score = earned.score if claimed is None else min(earned.score, max(0.0, claimed))
    return Verdict(VerdictKind.VERIFIED, score, earned.maximum)


def _plausible(claimed: float | None, maximum: float | None) -> tuple[float | None, float | None]:
    if claimed is None or not maximum or not 0 <= claimed <= maximum:
        return None, None
    return claimed, maximum
