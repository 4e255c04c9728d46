"""A result made anew, mostly for a key that was wrong: the old one stays readable with the reason, completion follows,
the evidence is superseded.
"""

import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments import notices
from assessments.actions.answering import write
from assessments.actions.telling import tell_again
from assessments.bank import versions
from assessments.models import Attempt, EarlierResult, KeyCorrection, QuestionVersion, Response
from assessments.rules.marking import decide, fits, mark_all
from membership.models import User
from membership.policy import Action, require
from membership.writing import has_withdrawn


@transaction.atomic
def correct_key(
    *, version: QuestionVersion, corrected: QuestionVersion, reason: str, by: User, at: datetime.datetime
) -> KeyCorrection:
    """From now on answers to ``version`` are marked by the key of ``corrected``. Idempotent; attempts that were
    marked before follow by ``regrade``, which a task calls for each.

    Raises PermissionDenied, ValidationError in words for trainers.
    """
    require(by, Action.MANAGE_QUESTIONS)
    if not reason.strip():
        raise ValidationError(_("Say why the key changes: learners read it."))
    if not fits(version, corrected):
        raise ValidationError(_("The newer version shows something else, so its key cannot mark these answers."))
    correction, _is_new = KeyCorrection.objects.update_or_create(
        version=version,
        defaults={"corrected": corrected, "reason": reason.strip(), "made_at": at, "made_by": by},
    )
    data = {"version": version.pk, "corrected": corrected.pk}
    log(instance=version.question, action="assessments.correct_key", user=by, title=version.question.slug, data=data)
    return correction


@transaction.atomic
def regrade(*, attempt: UUID, at: datetime.datetime) -> bool:
    """Marks a finished attempt by the keys that count now; whether its result changed. Twice equals once."""
    mine = Attempt.objects.held_for_finishing().filter(pk=attempt).first()
    if mine is None or mine.finished_at is None or has_withdrawn(mine.enrolment.person_id):
        return False
    responses = versions.attach(mine.responses.for_marking().select_for_update(of=("self",)))
    asked = [response.version_id for response in responses]
    reasons = KeyCorrection.objects.filter(version_id__in=asked).order_by("-made_at").values_list("reason", flat=True)
    reason = next(iter(reasons), None)
    return reason is not None and mark_anew(attempt=mine, responses=responses, reason=reason, at=at)


def mark_anew(*, attempt: Attempt, responses: list[Response], reason: str, at: datetime.datetime) -> bool:
    """Whether anything changed. Within a transaction that holds the attempt; its responses are read ``for_marking``."""
    earlier = EarlierResult(
        attempt=attempt,
        points=attempt.points,
        is_passed=attempt.is_passed,
        marks={str(one.position): None if one.points is None else str(one.points) for one in responses},
        replaced_at=at,
        reason=reason,
    )
    before = {one.position: one.points for one in responses}
    mark_all(responses)
    if all(one.points == before[one.position] for one in responses):
        return False
    earlier.number = attempt.earlier_results.count() + 1
    earlier.save()
    write([one for one in responses if one.points != before[one.position]], ["points"])
    decide(attempt, responses)
    attempt.is_marked_anew = True
    attempt.save(update_fields=["points", "is_passed", "is_marked_anew"])
    tell_again(attempt, responses, at, reason)
    notices.marked_anew(earlier=earlier, at=at)
    return True
