"""Contents that run: launched for one person in one course, and what they report taken for what it is worth: what a
result completes, and the evidence that it becomes.

Nothing that a content says completes anything but its own activity. Every entry has a key: what arrives twice, late or
from two tabs counts once. Plays leave no entry in the audit log, their rows are the record.
"""

import datetime
import re
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learning.evidence.actions import RecordRefusedError, record
from learning.evidence.facts import Fact
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from learning.tracking.actions.progress import StepRefusedError, complete_step
from learning.tracking.actions.statements import store_for_person
from learning.tracking.models import ActivityPage, Enrolment, Play, PlayResult, PlayState, Statement
from learning.tracking.play.entries import Entry, SaidEntry, StateEntry, merged_text
from learning.tracking.play.statements import Told, key_of, responses_of, statements_of
from membership.models import User
from training_materials.models import PackageVersion
from training_materials.packages.scoring import Verdict, VerdictKind, judge

_FOUR_PLACES = Decimal("0.0001")
MOST_STATES = 60
MOST_SAID = 3_000
_REMEMBERED = 30
# A sign that someone wrote or chose: separators and blanks alone are what an empty form gives.
_SOMETHING = re.compile(r"[^\W_]")


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
        if not _is_untouched(entry, verdicts[entry.key]):
            _reckon(play, verdicts[entry.key], at)
    play.save(update_fields=["finished_at", "best", "evidence_key"])
    return verdicts


class ContentGoneError(Exception):
    """The activity has no content that could be played."""


class TellsByItselfError(Exception):
    """The activity finishes by what its content says, or by nothing that the learner could say."""


class NotBegunError(Exception):
    """Nobody has been through a content that they never opened."""


@transaction.atomic
def launch(*, enrolment: Enrolment, activity: ActivityPage, by: User, at: datetime.datetime) -> Play:
    """The person's play of the newest version: the one that stands, or a new one. First launches at once make one.

    Raises PermissionDenied for another's enrolment or a step of another course, ContentGoneError.
    """
    is_in_course = enrolment.course is not None and activity.is_descendant_of(enrolment.course)
    if by.person_id != enrolment.person_id or not is_in_course:
        raise PermissionDenied("tracking.launch refused")
    version = PackageVersion.objects.latest_of(activity.package_id)
    if version is None:
        raise ContentGoneError
    play, _is_new = Play.objects.get_or_create(
        enrolment=enrolment,
        activity_key=activity.translation_key,
        version_key=version.pk,
        defaults={
            "activity": activity,
            "activity_title": activity.title,
            "version": version,
            "main_library": version.main.name,
            "started_at": at,
        },
    )
    return play


@transaction.atomic
def take_entries(*, play_id: UUID, entries: Sequence[Entry], by: User, at: datetime.datetime) -> Play:
    """Takes states, statements and results, in their order, all or none. Idempotent.

    Raises Play.DoesNotExist for a play that is not theirs.
    """
    mine = Play.objects.of(by).select_for_update(of=("self",)).select_related("enrolment__person", "enrolment__course")
    play = mine.get(pk=play_id)
    _keep_states(play, [entry for entry in entries if isinstance(entry, StateEntry)], at)
    said = [entry for entry in entries if isinstance(entry, SaidEntry)]
    if said:
        _hear(play, said, at)
    return play


@transaction.atomic
def mark_finished(*, enrolment: Enrolment, activity: ActivityPage, by: User, at: datetime.datetime) -> None:
    """The learner says that they have been through a content which never says so itself. Idempotent.

    Raises PermissionDenied for another's enrolment, TellsByItselfError, NotBegunError.
    """
    if by.person_id != enrolment.person_id:
        raise PermissionDenied("tracking.mark_finished refused")
    if not activity.is_marked_by_learner:
        raise TellsByItselfError
    mine = Play.objects.of(by).select_for_update(of=("self",)).select_related("enrolment__person", "enrolment__course")
    play = mine.filter(enrolment=enrolment, activity_key=activity.translation_key).first()
    if play is None:
        raise NotBegunError
    play.finished_at = play.finished_at or at
    complete_step(enrolment=play.enrolment, step=activity, at=at)
    if play.evidence_key is None:
        _tell(play, None, at, is_marked=True)
    play.save(update_fields=["finished_at", "evidence_key"])


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


def _is_untouched(entry: SaidEntry, verdict: Verdict) -> bool:
    """A form that was handed in empty: no point of those that there were, and nothing written or chosen."""
    is_answered = any(_SOMETHING.search(one["response"]) for one in responses_of(entry.data))
    return bool(verdict.maximum) and not verdict.score and not is_answered


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
        is_own = _is_own(play)
        complete_step(enrolment=play.enrolment, step=activity, at=at, score=share, is_doubted=is_own)
        if play.evidence_key is None or is_better:
            _tell(play, share, at, is_own=is_own)


def _is_enough(share: Decimal | None, pass_mark: int) -> bool:
    return share is not None and share * 100 >= pass_mark


def _tell(
    play: Play, share: Decimal | None, at: datetime.datetime, *, is_own: bool = False, is_marked: bool = False
) -> None:
    """The fact; a better result supersedes the one before. ``is_own``: the learner made the content; ``is_marked``:
    they say that it is finished, not the content."""
    activity, course = play.activity, play.enrolment.course
    told = Evidence.objects.filter(source_key__startswith=f"play:{play.pk}")
    former = told.standing().first() if play.evidence_key else None
    fact = Fact(
        person_id=play.enrolment.person.identity_id,
        kind=Kind.ACTIVITY_COMPLETED,
        title=play.activity_title,
        occurred_at=at,
        source=Source.SELF if is_marked else Source.PACKAGE,
        verification=Verification.NONE if share is None or is_own else Verification.RECOMPUTED,
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
            **({"how": "marked"} if is_marked else {}),
            **({"is_own": True} if is_own else {}),
        },
    )
    with suppress(RecordRefusedError):
        play.evidence_key = record(fact=fact, by=None, at=at, supersedes=former).pk


def _is_own(play: Play) -> bool:
    """Whether the learner made the content, or the page on which it stands: nobody vouches for themselves."""
    person = play.enrolment.person_id
    if PackageVersion.objects.filter(package__versions=play.version_key, created_by__person=person).exists():
        return True
    owner = play.activity.owner_id if play.activity else None
    return owner is not None and User.objects.filter(pk=owner, person=person).exists()


def _keep_states(play: Play, entries: Sequence[StateEntry], at: datetime.datetime) -> None:
    if not entries:
        return
    standing = {(state.sub_content, state.field): state for state in play.states.all()}
    for entry in entries:
        name = (entry.sub_content, entry.field)
        state = standing.get(name)
        if state is None:
            if len(standing) >= MOST_STATES:
                continue
            state = PlayState(play=play, sub_content=name[0], field=name[1], value=entry.value)
            standing[name] = state
        elif str(entry.key) in state.taken:
            continue
        else:
            state.value = merged_text(entry.base, entry.value, state.value)
        state.taken = [*state.taken, str(entry.key)][-_REMEMBERED:]
        state.saved_at = at
    for name in {(entry.sub_content, entry.field) for entry in entries} & set(standing):
        standing[name].save()


def _hear(play: Play, said: Sequence[SaidEntry], at: datetime.datetime) -> None:
    ids = {key_of(play.pk, entry.key): entry for entry in said}
    known = set(Statement.objects.filter(pk__in=ids).values_list("pk", flat=True))
    new = [entry for statement_id, entry in ids.items() if statement_id not in known]
    if not new or play.said >= MOST_SAID:
        return
    play.said += len(new)
    play.save(update_fields=["said"])
    verdicts = take_results(play=play, said=[entry for entry in new if entry.is_result], at=at)
    told = Told(play.pk, play.version_key, play.activity_title, play.main_library, play.enrolment.course_key)
    statements = [
        statement
        for entry in new
        for statement in statements_of(told, entry.key, entry.verb, entry.data, verdicts.get(entry.key))
    ]
    store_for_person(person=play.enrolment.person, statements=statements, at=at)
