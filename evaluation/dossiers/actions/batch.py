"""A word to each of many dossiers at once: what is refused for one leaves the others done."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction

from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.actions.reviewing import accept_own_scores, forward, return_to_person
from evaluation.dossiers.models import Dossier
from membership.models import User


class Verdict(StrEnum):
    """What the officer says to one row."""

    AGREE = "agree"  # with the own scores; they stay at this body, ready for its decision
    FORWARD = "forward"  # agree and pass on
    RETURN = "return"  # back to the person, with the reason


@dataclass(frozen=True)
class BatchEntry:
    """``dossier`` as the page showed it: one that has moved on since is refused."""

    dossier: Dossier
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class BatchResult:
    dossier: Dossier
    verdict: Verdict
    refusal: str = ""

    @property
    def is_done(self) -> bool:
        return not self.refusal


def review_batch(
    *, entries: Iterable[BatchEntry], by: User, at: datetime.datetime, seconds: int | None = None
) -> list[BatchResult]:
    """In the order given; ``seconds`` is what all of them took together. Done twice, the second time is refused for
    each row, since the dossiers have moved on."""
    listed = list(entries)
    share = None if seconds is None else seconds // max(len(listed), 1)
    return [_one(entry, by, at, share) for entry in listed]


def _one(entry: BatchEntry, by: User, at: datetime.datetime, seconds: int | None) -> BatchResult:
    try:
        with transaction.atomic():
            _do(entry, by, at, seconds)
    except RefusedError as refused:
        return BatchResult(entry.dossier, entry.verdict, " ".join(refused.messages))
    except PermissionDenied as refused:
        return BatchResult(entry.dossier, entry.verdict, str(refused))
    return BatchResult(entry.dossier, entry.verdict)


def _do(entry: BatchEntry, by: User, at: datetime.datetime, seconds: int | None) -> None:
    dossier = entry.dossier
    if entry.verdict == Verdict.RETURN:
        return_to_person(dossier=dossier, reason=entry.reason, by=by, at=at, seconds=seconds)
        return
    accept_own_scores(dossier=dossier, by=by, at=at, reason=entry.reason)
    if entry.verdict == Verdict.FORWARD:
        forward(dossier=dossier, by=by, at=at, reason=entry.reason, seconds=seconds)
