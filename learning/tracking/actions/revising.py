"""Progress that changes because a result was made anew: the one case in which a step or a course is unfinished."""

import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.models import Page

from learning.evidence.actions import record
from learning.evidence.actions.recording import copy_of
from learning.evidence.kinds import WITHDRAWAL
from learning.tracking.actions.certificates import revoke_certificate
from learning.tracking.actions.completions import (
    completion_of,
    next_key,
    tell_course_again,
    tell_that_of_another_record,
)
from learning.tracking.actions.progress import complete_step, copied
from learning.tracking.models import Enrolment, StepProgress
from training_materials.outlines.outline import Step


@transaction.atomic
def revise_step(
    *,
    enrolment: Enrolment,
    step: Page | Step,
    score: Decimal | None,
    is_doubted: bool = False,
    at: datetime.datetime,
    reason: str,
) -> None:
    """The step's best score is now this one; None: it is not finished, nor is the course if it was needed.
    ``is_doubted``: a person has still to look at how it was earned.

    The evidence of the course follows: superseded by the new score, or taken back. Idempotent. Raises
    StepRefusedError as ``complete_step`` does.
    """
    standing = Enrolment.objects.select_for_update().values("completed_at").get(pk=enrolment.pk)
    enrolment.completed_at = standing["completed_at"]
    progress = StepProgress.objects.filter(enrolment=enrolment, step_key=copied(step).key).first()
    if score is None:
        if progress is not None and progress.completed_at:
            _unfinish(enrolment, progress, at, reason)
    elif progress is None or progress.completed_at is None:
        complete_step(enrolment=enrolment, step=step, at=at, score=score, is_doubted=is_doubted)
    elif (progress.score, progress.is_doubted) != (score, is_doubted):
        progress.score, progress.is_doubted = score, is_doubted
        progress.save(update_fields=["score", "is_doubted"])
        tell_course_again(enrolment, StepProgress.objects.standing_in(enrolment), at, reason)


def _unfinish(enrolment: Enrolment, progress: StepProgress, at: datetime.datetime, reason: str) -> None:
    progress.completed_at = progress.revision = progress.score = None
    progress.is_doubted = False
    progress.save(update_fields=["completed_at", "revision", "score", "is_doubted"])
    course = enrolment.course
    is_needed = course is None or str(progress.step_key) in course.outline().needed_keys
    if enrolment.completed_at and is_needed:
        enrolment.completed_at = enrolment.course_revision = None
        enrolment.save(update_fields=["completed_at", "course_revision"])
        revoke_certificate(enrolment, at)
        if standing := completion_of(enrolment):
            key = next_key(enrolment)
            fact = copy_of(standing, kind=WITHDRAWAL, source_key=key, details={"reason": reason})
            record(fact=fact, by=None, at=at, supersedes=standing)
            tell_that_of_another_record(enrolment, at)
