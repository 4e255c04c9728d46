"""What a result is worth, what it completes, and the evidence that it becomes."""

import datetime
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from uuid import UUID

from learning.evidence.actions import RecordRefusedError, record
from learning.evidence.facts import Fact
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from learning.tracking.actions.progress import StepRefusedError, complete_step
from learning.tracking.models import Play, PlayResult
from learning.tracking.play.entries import SaidEntry
from learning.tracking.play.statements import key_of, responses_of
from training_materials.packages.scoring import Verdict, VerdictKind, judge

_FOUR_PLACES = Decimal("0.0001")


def take_results(*, play: Play, said: Sequence[SaidEntry], at: datetime.datetime) -> dict[UUID, Verdict]:
    """Judges and keeps each; a worse one leaves what a better one brought. The play's row is locked."""
    if not said:
        return {}
    version = play.version
    params = version.params if version else {}
    verdicts = {entry.key: judge(play.main_library if version else "", params, entry.data) for entry in said}
    PlayResult.objects.bulk_create(
        [_result(play, entry, verdicts[entry.key], at) for entry in said], ignore_conflicts=True
    )
    for entry in said:
        _reckon(play, verdicts[entry.key], at)
    play.save(update_fields=["finished_at", "best", "evidence_key"])
    return verdicts


def _result(play: Play, entry: SaidEntry, verdict: Verdict, at: datetime.datetime) -> PlayResult:
    return PlayResult(
        id=key_of(play.pk, entry.key),
        play=play,
        received_at=at,
        verb=entry.verb,
        verdict=verdict.kind.value,
        reason=verdict.reason[:200],
        score=verdict.score,
        maximum=verdict.maximum,
        responses=responses_of(entry.data),
    )


def _reckon(play: Play, verdict: Verdict, at: datetime.datetime) -> None:
    if verdict.kind == VerdictKind.REJECTED:
        return
    play.finished_at = play.finished_at or at
    share = None
    if verdict.kind == VerdictKind.VERIFIED and verdict.share is not None:
        share = Decimal(str(verdict.share)).quantize(_FOUR_PLACES)
    is_better = share is not None and (play.best is None or share > play.best)
    if is_better:
        play.best = share
    activity = play.activity
    if activity is None or not activity.live or (activity.needs_pass and not _is_enough(share, activity.pass_mark)):
        return
    # An activity that was moved to another course meanwhile completes nothing in this one.
    with suppress(StepRefusedError):
        complete_step(enrolment=play.enrolment, step=activity, at=at, score=share)
        if play.evidence_key is None or is_better:
            _tell(play, share, at)


def _is_enough(share: Decimal | None, pass_mark: int) -> bool:
    return share is not None and share * 100 >= pass_mark


def _tell(play: Play, share: Decimal | None, at: datetime.datetime) -> None:
    """The fact; a better result supersedes the one before."""
    activity, course = play.activity, play.enrolment.course
    former = Evidence.objects.filter(pk=play.evidence_key).first() if play.evidence_key else None
    fact = Fact(
        person_id=play.enrolment.person_id,
        kind=Kind.ACTIVITY_COMPLETED,
        title=play.activity_title,
        occurred_at=at,
        source=Source.PACKAGE,
        verification=Verification.NONE if share is None else Verification.RECOMPUTED,
        entered_by=EnteredBy.OWN_ACCOUNT,
        source_key=f"play:{play.pk}" if former is None else f"play:{play.pk}:{share}",
        score=share,
        page_key=play.activity_key,
        page_revision=activity.live_revision_id if activity else None,
        topics=tuple(slug for slug, _name in course.outline().topics) if course else (),
        details={
            "play": str(play.pk),
            "version": str(play.version_key),
            "library": play.main_library,
            "verdict": (VerdictKind.UNVERIFIED if share is None else VerdictKind.VERIFIED).value,
        },
    )
    with suppress(RecordRefusedError):
        play.evidence_key = record(fact=fact, by=None, at=at, supersedes=former).pk
