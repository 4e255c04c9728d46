"""A trainer's marks for a written answer; the last one that an attempt waits for decides its result."""

import datetime
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments import notices
from assessments.actions.answering import write
from assessments.actions.regrading import mark_anew
from assessments.actions.telling import tell_first
from assessments.models import Attempt, Response, WrittenMark
from assessments.rules.marking import decide, mark_all
from interface.vietnamese import nfc
from learning.tracking.models import Enrolment
from membership.models import User
from membership.policy import Action, require, require_consenting

LONGEST_COMMENT = 2000


@transaction.atomic
def mark_written(
    *, response: Response, points: Sequence[int], comment: str, seen: int, by: User, at: datetime.datetime
) -> WrittenMark:
    """Keeps the points by criterion and what is said to the learner. Idempotent.

    ``seen`` is the number of the marking that the trainer saw, 0 for none: what another trainer gave meanwhile is not
    overwritten unseen. Raises PermissionDenied for who does not teach the learner, and for one's own answer;
    ValidationError, in words, if there is nothing to mark, the points do not fit, or another marking came between.
    """
    require(by, Action.MANAGE_QUESTIONS)
    attempt = Attempt.objects.held_for_finishing().get(pk=response.attempt_id)
    if not Enrolment.objects.marked_by(by).filter(pk=attempt.enrolment_id).exists():
        raise PermissionDenied("assessments.mark_written refused")
    require_consenting(attempt.enrolment.person_id)
    responses = list(attempt.responses.for_marking().select_for_update(of=("self",)))
    marked = next(one for one in responses if one.pk == response.pk)
    _demand_markable(attempt, marked, points, comment)
    latest = marked.written_marks.order_by("number").last()
    if latest and (latest.points, latest.comment) == (list(points), nfc(comment)):
        return latest
    if seen != (latest.number if latest else 0):
        raise ValidationError(_("Another trainer has marked this answer in the meantime. Look at it again."))
    mark = WrittenMark.objects.create(
        response=marked, number=seen + 1, points=list(points), comment=nfc(comment), marked_at=at, marked_by=by
    )
    _decide(attempt, responses, marked, mark)
    log(instance=attempt, action="assessments.mark_written", user=by, title=str(attempt.pk), data={"mark": mark.pk})
    return mark


def _demand_markable(attempt: Attempt, response: Response, points: Sequence[int], comment: str) -> None:
    body = response.version.parsed
    if attempt.finished_at is None:
        raise ValidationError(_("The learner has not handed in yet."))
    if not body.is_marked_by_trainer or response.answer is None:
        raise ValidationError(_("There is no written answer to mark."))
    if len(comment) > LONGEST_COMMENT:
        raise ValidationError(_("Write at most %(count)d characters.") % {"count": LONGEST_COMMENT})
    body.mark(response.answer, response.order, points)


def _decide(attempt: Attempt, responses: list[Response], marked: Response, mark: WrittenMark) -> None:
    """The first decision is told to the ledger and the course; a later one replaces a result and says why."""
    marked.marks, marked.marked_at, marked.marked_by = mark.points, mark.marked_at, mark.marked_by
    write([marked], ["marks", "marked_at", "marked_by"])
    if attempt.points is not None:
        reason = _("A trainer marked a written answer again.")
        mark_anew(attempt=attempt, responses=responses, reason=reason, at=mark.marked_at)
        return
    mark_all(responses)
    write(responses, ["points"])
    decide(attempt, responses)
    attempt.save(update_fields=["points", "is_passed"])
    tell_first(attempt, responses, mark.marked_at)
    if attempt.points is not None:
        notices.marked(attempt=attempt, at=mark.marked_at)
