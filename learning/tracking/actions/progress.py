"""What changes enrolments and progress. Whether a course is finished is decided in the transaction of the event
that may finish it, under a lock on the enrolment: two last steps at once cannot both overlook each other. The evidence
of a finished course that was taken back and is earned again is told under a key of its own.

Enrolling leaves an entry in the audit log; progress does not, its rows are the record.
"""

import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from learning.evidence.actions import record_all
from learning.evidence.facts import Fact
from learning.tracking.actions.certificates import certify, erase_certificates
from learning.tracking.actions.completions import put_finished, record_completion, tell_course_again, tell_if_surer
from learning.tracking.courses.state import completion_fact, is_finished
from learning.tracking.models import Enrolment, StepProgress
from learning.tracking.querysets.enrolments import EnrolmentQuerySet, Standing
from membership.models import Person, User
from membership.writing import has_withdrawn
from training_materials.models import CoursePage
from training_materials.outlines.outline import Step


class StepCopy(NamedTuple):
    page_id: int
    key: UUID
    title: str
    revision: int | None


def copied(step: Page | Step) -> StepCopy:
    """Of its page, or of its place in the course's outline, which costs no query."""
    if isinstance(step, Page):
        return StepCopy(step.pk, step.translation_key, step.title, step.live_revision_id)
    return StepCopy(step.page_id, step.key, step.title, step.revision)


class CourseClosedError(Exception):
    """The course is not published, so nobody new can enrol and nothing in it is finished by a button."""


class PrerequisitesUnmetError(Exception):
    """Other courses come first: ``courses`` names them."""

    def __init__(self, courses: list[CoursePage]) -> None:
        super().__init__([course.pk for course in courses])
        self.courses = courses


class StepRefusedError(Exception):
    """The step is no part of the course of this enrolment."""


@transaction.atomic
def enrol(*, person: Person, course: CoursePage, by: User | None, at: datetime.datetime) -> Enrolment:
    """Idempotent: who is enrolled stays enrolled as they were. People enrol themselves; ``by`` None is the system.

    Raises PermissionDenied, CourseClosedError, PrerequisitesUnmetError.
    """
    if by is not None and by.person_id != person.pk:
        raise PermissionDenied("tracking.enrol refused")
    standing = Enrolment.objects.filter(person=person, course_key=course.translation_key).first()
    if standing:
        return standing
    if not course.live:
        raise CourseClosedError
    if unmet := list(Enrolment.objects.unmet_prerequisites(person.pk, course)):
        raise PrerequisitesUnmetError(unmet)
    enrolment, is_new = Enrolment.objects.get_or_create(
        person=person,
        course_key=course.translation_key,
        defaults={"course": course, "course_title": course.title, "enrolled_at": at},
    )
    if is_new:
        log(instance=enrolment, action="tracking.enrol", user=by, title=str(enrolment.pk), data={"course": course.pk})
    return enrolment


@transaction.atomic
def visit(*, enrolment: Enrolment, step: Page | Step, at: datetime.datetime, part: str = "") -> StepProgress:
    """Notes the latest visit, where to resume, and the anchor of the part that was read last, if one was; an earlier
    moment that arrives late changes nothing."""
    _demand_within(enrolment, step)
    _lock(enrolment)
    copy = copied(step)
    progress = StepProgress.objects.filter(enrolment=enrolment, step_key=copy.key).first()
    if progress is None:
        progress = _begin(enrolment, copy, at)
        progress.part = part
        progress.save(force_insert=True)
    elif progress.visited_at < at:
        progress.visited_at, progress.part = at, part or progress.part
        progress.save(update_fields=["visited_at", "part"])
    return progress


def complete_step(
    *,
    enrolment: Enrolment,
    step: Page | Step,
    at: datetime.datetime,
    score: Decimal | None = None,
    is_doubted: bool = False,
    fact: Fact | None = None,
    is_held: bool = False,
) -> None:
    """The step is finished, on its live revision; finishing again keeps the first moment and the best score.
    ``is_doubted``: a person has still to look at how the score was earned; any score without doubt is better.

    If it was the last required step, the course is finished with it and the evidence is recorded, together with
    ``fact``, what the step itself proves. ``step``: its page, or the same from the outline of the enrolment's course.
    ``score`` from 0 to 1. ``is_held``: the enrolment was read for update in this transaction. Raises StepRefusedError,
    before anything is written; whoever calls it within a transaction loses that with any other error.
    """
    _demand_within(enrolment, step)
    copy = copied(step)
    with transaction.atomic(savepoint=False):
        if not is_held:
            _lock(enrolment)
        standing = StepProgress.objects.standing_in(enrolment)
        was_doubted = str(copy.key) in standing.doubted
        _put_done(enrolment, copy, at, standing, None if score is None else (score, is_doubted))
        if not _finish_if_done(enrolment, standing, at, fact) and fact is not None:
            record_all(facts=[fact], at=at)
        if was_doubted and not is_doubted:
            tell_course_again(enrolment, standing, at, _("It was earned again, beyond doubt."))


def settle(*, enrolments: EnrolmentQuerySet[Enrolment], at: datetime.datetime) -> int:
    """Finishes what a change of a course left with nothing open (a required step was withdrawn): how many.

    Nothing is ever unfinished: a step added later does not take a completion away. Run twice it finds none. Those of
    people who withdrew their consent wait until they agree again.
    """
    done = Count("steps", filter=Q(steps__completed_at__isnull=False))
    waiting = enrolments.filter(completed_at=None, person__withdrawn_at=None).annotate(done=done).filter(done__gt=0)
    finished = 0
    for enrolment in waiting.select_related("course", "person").iterator(chunk_size=500):
        with transaction.atomic():
            _lock(enrolment)
            if has_withdrawn(enrolment.person_id):
                continue
            finished += _finish_if_done(enrolment, StepProgress.objects.standing_in(enrolment), at)
    return finished


@transaction.atomic
def erase_learning(*, person_ids: list[int]) -> None:
    """Part of an erasure: enrolments and progress go. Run twice it finds nothing left."""
    erase_certificates(person_ids)
    Enrolment.objects.filter(person_id__in=person_ids).delete()


@transaction.atomic
def move_enrolments(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Merging two records of one person: courses that only the duplicate took go to the one who stays.

    A course that both took stays where it is: its evidence is moved by ``learning.evidence``. Idempotent.
    """
    held = Enrolment.objects.filter(person=into).values_list("course_key", flat=True)
    for enrolment in Enrolment.objects.filter(person=duplicate).exclude(course_key__in=list(held)):
        enrolment.person = into
        enrolment.save(update_fields=["person"])
        log(instance=enrolment, action="tracking.merge", user=by, title=str(enrolment.pk), data={"into": into.pk})


def _demand_within(enrolment: Enrolment, step: Page | Step) -> None:
    if isinstance(step, Page) and enrolment.course and not step.is_descendant_of(enrolment.course):
        raise StepRefusedError


def _lock(enrolment: Enrolment) -> None:
    """Takes the enrolment's row for this transaction and reads whether it is finished already."""
    standing = Enrolment.objects.select_for_update().values("completed_at").get(pk=enrolment.pk)
    enrolment.completed_at = standing["completed_at"]


def _begin(enrolment: Enrolment, step: StepCopy, at: datetime.datetime) -> StepProgress:
    return StepProgress(
        enrolment=enrolment,
        step_id=step.page_id,
        step_key=step.key,
        step_title=step.title,
        started_at=at,
        visited_at=at,
    )


def _put_done(
    enrolment: Enrolment,
    step: StepCopy,
    at: datetime.datetime,
    standing: Standing,
    earned: tuple[Decimal, bool] | None,
) -> None:
    """Writes that the step is done, and puts it into ``standing``; ``earned``: a score, and whether it is doubted."""
    key = str(step.key)
    is_new = key not in standing.done and key not in standing.begun
    revision = standing.done.setdefault(key, step.revision)
    if earned is not None:
        _put_score(standing, key, *earned)
    best, is_doubted = standing.scores.get(key), key in standing.doubted
    if is_new:
        row = _begin(enrolment, step, at)
        row.completed_at, row.revision, row.score, row.is_doubted = at, revision, best, is_doubted
        row.save(force_insert=True)
        return
    StepProgress.objects.filter(enrolment=enrolment, step_key=step.key).update(
        visited_at=Greatest("visited_at", Value(at)),
        completed_at=Coalesce("completed_at", Value(at)),
        revision=revision,
        score=best,
        is_doubted=is_doubted,
    )


def _put_score(standing: Standing, key: str, score: Decimal, is_doubted: bool) -> None:
    """The better of the two: without doubt before with, then the higher."""
    held = standing.scores.get(key)
    best = (
        (not is_doubted, score) if held is None else max((not is_doubted, score), (key not in standing.doubted, held))
    )
    standing.scores[key] = best[1]
    (standing.doubted.discard if best[0] else standing.doubted.add)(key)


def _finish_if_done(
    enrolment: Enrolment, standing: Standing, at: datetime.datetime, of_step: Fact | None = None
) -> bool:
    course = enrolment.course
    if enrolment.completed_at or course is None or not is_finished(shown := course.outline(), standing):
        return False
    enrolment.completed_at, enrolment.course_revision = at, course.live_revision_id
    fact, by_step = completion_fact(enrolment, shown, standing, at), [of_step] if of_step else []
    is_first = put_finished(enrolment, fact.person_id)
    certify(enrolment, shown, at)
    if is_first:
        record_completion(enrolment, fact, at, by_step)
        return True
    if by_step:
        record_all(facts=by_step, at=at)
    tell_if_surer(enrolment, fact, at)
    return True
